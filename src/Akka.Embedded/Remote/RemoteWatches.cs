using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Remote;

/// <summary>Which actors of other nodes are watched from here, and whether their nodes still answer.</summary>
internal sealed class RemoteWatches(Remoting remoting)
{
    private readonly object _gate = new();
    private readonly Dictionary<Address, HashSet<(RemoteActorRef Watchee, ActorRefBase Watcher)>> _byAddress = [];

    internal void Start()
    {
        var interval = remoting.Settings.HeartbeatInterval;
        remoting.System.Scheduler.Advanced.ScheduleRepeatedly(interval, interval, Beat);
    }

    internal void Add(RemoteActorRef watchee, ActorRefBase watcher)
    {
        lock (_gate)
        {
            if (!_byAddress.TryGetValue(watchee.Path.Address, out var watches))
            {
                _byAddress[watchee.Path.Address] = watches = [];
                remoting.To(watchee.Path.Address).HeardNow();
            }

            watches.Add((watchee, watcher));
        }
    }

    internal void Remove(RemoteActorRef watchee, ActorRefBase watcher)
    {
        lock (_gate)
        {
            if (!_byAddress.TryGetValue(watchee.Path.Address, out var watches))
                return;
            watches.Remove((watchee, watcher));
            if (watches.Count == 0)
                _byAddress.Remove(watchee.Path.Address);
        }
    }

    /// <summary>
    /// The reference under which the watcher knows the actor that ended: it may have watched a path without uid.
    /// </summary>
    internal ActorRefBase Take(ActorRefBase ended, ActorRefBase watcher)
    {
        lock (_gate)
        {
            if (!_byAddress.TryGetValue(ended.Path.Address, out var watches))
                return ended;
            var watch = watches.FirstOrDefault(
                each => each.Watcher.Equals(watcher) && IsSame(each.Watchee.Path, ended.Path));
            if (watch.Watchee is null)
                return ended;
            watches.Remove(watch);
            if (watches.Count == 0)
                _byAddress.Remove(ended.Path.Address);
            return watch.Watchee;
        }
    }

    internal void AddressTerminated(Address address)
    {
        HashSet<(RemoteActorRef Watchee, ActorRefBase Watcher)>? watches;
        lock (_gate)
            _byAddress.Remove(address, out watches);
        foreach (var (watchee, watcher) in watches ?? [])
            watcher.SendSystem(new DeathWatchNotification(watchee, existenceConfirmed: false, addressTerminated: true));
    }

    private static bool IsSame(ActorPath watched, ActorPath ended) =>
        watched.Equals(ended) && (watched.Uid == 0 || ended.Uid == 0 || watched.Uid == ended.Uid);

    private void Beat()
    {
        remoting.Runs.Sweep();
        Address[] watched;
        lock (_gate)
            watched = [.. _byAddress.Keys];
        foreach (var address in watched.Where(address => remoting.MemberAt(address) is null))
        {
            var association = remoting.To(address);
            if (association.SilentFor > remoting.Settings.HeartbeatPauseMax)
            {
                remoting.Log.Warning(
                    "{0} has not answered for {1}; it and its actors count as gone.", address, association.SilentFor);
                remoting.GiveUp(address);
            }
            else
            {
                association.SendHeartbeat();
            }
        }
    }
}
