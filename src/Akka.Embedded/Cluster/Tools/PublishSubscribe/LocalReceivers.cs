using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe.Spreading;

namespace Akka.Cluster.Tools.PublishSubscribe;

/// <summary>Who gets what on this node.</summary>
internal sealed class LocalReceivers
{
    private readonly Dictionary<Entry, List<IActorRef>> _receivers = [];
    private readonly Dictionary<IActorRef, HashSet<Entry>> _entries = [];

    internal IReadOnlyList<IActorRef> Of(Entry entry) => _receivers.TryGetValue(entry, out var actors) ? actors : [];

    internal IReadOnlyCollection<Entry> EntriesOf(IActorRef actor) =>
        _entries.TryGetValue(actor, out var entries) ? entries : [];

    internal void Add(Entry entry, IActorRef actor)
    {
        if (!_entries.TryGetValue(actor, out var entries))
            _entries[actor] = entries = [];
        if (!entries.Add(entry))
            return;
        if (!_receivers.TryGetValue(entry, out var actors))
            _receivers[entry] = actors = [];
        actors.Add(actor);
    }

    /// <summary>True when nobody is left under the entry.</summary>
    internal bool Remove(Entry entry, IActorRef actor)
    {
        if (!_entries.TryGetValue(actor, out var entries) || !entries.Remove(entry))
            return false;
        if (entries.Count == 0)
            _entries.Remove(actor);
        var actors = _receivers[entry];
        actors.Remove(actor);
        return actors.Count == 0 && _receivers.Remove(entry);
    }
}
