using Akka.Actor;
using Akka.Cluster.Sharding;

namespace Akka.Embedded.Tests.Sharding;

/// <summary>The n-th thing that one node says to one entity.</summary>
internal sealed record Numbered(string Entity, int Sender, int Number);

internal sealed class NumberedExtractor(int shards) : HashCodeMessageExtractor(shards)
{
    public override string? EntityId(object message) => (message as Numbered)?.Entity;
}

/// <summary>Writes down what it hears, and rests now and then.</summary>
internal sealed class VirtualEntity : ReceiveActor
{
    private readonly string _id;
    private readonly EntityLog _log;

    public VirtualEntity(string id, EntityLog log)
    {
        _id = id;
        _log = log;
        Receive<Numbered>(said =>
        {
            log.Heard(said);
            if (said.Number % 13 == 5)
                Context.Parent.Tell(new Passivate(PoisonPill.Instance));
        });
    }

    protected override void PreStart() => _log.Started(_id, Self);

    protected override void PostStop() => _log.Stopped(_id);
}

/// <summary>What all entities saw, and what must not be.</summary>
internal sealed class EntityLog
{
    private readonly Dictionary<string, IActorRef> _running = [];
    private readonly Dictionary<(string Entity, int Sender), int> _last = [];

    internal int Count { get; private set; }

    internal List<string> Wrong { get; } = [];

    internal void Started(string id, IActorRef actor)
    {
        if (!_running.TryAdd(id, actor))
            Wrong.Add($"entity {id} runs at {_running[id].Path} and at {actor.Path}");
    }

    internal void Stopped(string id) => _running.Remove(id);

    internal void Heard(Numbered said)
    {
        Count++;
        var key = (said.Entity, said.Sender);
        if (_last.TryGetValue(key, out var last) && last >= said.Number)
            Wrong.Add($"entity {said.Entity} heard {said.Number} of sender {said.Sender} after {last}");
        _last[key] = said.Number;
    }
}
