using Akka.Actor;

namespace Akka.Remote.Wire;

/// <summary>The other end of a <see cref="RefWriter"/>.</summary>
internal sealed class RefReader(IActorRefProvider provider)
{
    private readonly List<(string Path, IActorRef Actor)> _refs = [];

    internal IActorRef? Read(ref FrameReader reader)
    {
        var number = reader.Int32();
        if (number == 0)
            return null;
        if (number < 0)
            return provider.ResolveActorRef(reader.Text());
        if (number <= _refs.Count)
            return Current(number - 1);
        if (number != _refs.Count + 1 || number > RefWriter.EntriesMax)
            throw new WireException($"Reference {number} was never introduced.");
        var path = reader.Text();
        var actor = provider.ResolveActorRef(path);
        _refs.Add((path, actor));
        return actor;
    }

    /// <summary>A path without uid means whoever is there now, not who was there first.</summary>
    private IActorRef Current(int index)
    {
        var (path, actor) = _refs[index];
        if (actor is ActorRefBase { IsLocal: true, IsTerminated: true })
            _refs[index] = (path, actor = provider.ResolveActorRef(path));
        return actor;
    }
}
