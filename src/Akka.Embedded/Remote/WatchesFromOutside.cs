using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Akka.Remote;

/// <summary>
/// Which actors of this node are watched from others. When a node is given up, its watches end, so that the actors
/// here do not remember watchers that will never come back.
/// </summary>
internal sealed class WatchesFromOutside
{
    private readonly object _gate = new();
    private readonly Dictionary<Address, HashSet<(ActorRefBase Watchee, ActorRefBase Watcher)>> _byAddress = [];

    internal void Add(ActorRefBase watchee, ActorRefBase watcher)
    {
        lock (_gate)
        {
            if (!_byAddress.TryGetValue(watcher.Path.Address, out var watches))
                _byAddress[watcher.Path.Address] = watches = [];
            watches.Add((watchee, watcher));
        }
    }

    internal void Remove(ActorRefBase watchee, ActorRefBase watcher)
    {
        lock (_gate)
        {
            if (!_byAddress.TryGetValue(watcher.Path.Address, out var watches))
                return;
            watches.Remove((watchee, watcher));
            if (watches.Count == 0)
                _byAddress.Remove(watcher.Path.Address);
        }
    }

    internal void AddressTerminated(Address address)
    {
        HashSet<(ActorRefBase Watchee, ActorRefBase Watcher)>? watches;
        lock (_gate)
            _byAddress.Remove(address, out watches);
        foreach (var (watchee, watcher) in watches ?? [])
            watchee.SendSystem(new Unwatch(watchee, watcher));
    }
}
