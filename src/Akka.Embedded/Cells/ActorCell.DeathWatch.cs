using Akka.Actor.Internal;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>Death watch: whom this actor watches, and who watches it.</summary>
internal sealed partial class ActorCell
{
    private DeathWatch? _deathWatch;

    public IActorRef Watch(IActorRef subject) => WatchFor(subject, null);

    public IActorRef WatchWith(IActorRef subject, object message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return WatchFor(subject, message);
    }

    public IActorRef Unwatch(IActorRef subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var watchee = ActorRefBase.Of(subject);
        if (_deathWatch is not { } watch)
            return subject;
        if (watch.Watching.Remove(watchee))
            watchee.SendSystem(new Unwatch(watchee, _self));
        watch.Announced.Remove(watchee);
        return subject;
    }

    /// <summary>A stashed Terminated comes back to the mailbox and must be let through again.</summary>
    internal void ExpectTerminated(IActorRef subject) =>
        (_deathWatch ??= new DeathWatch()).Announced.TryAdd(ActorRefBase.Of(subject), null);

    private IActorRef WatchFor(IActorRef subject, object? message)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var watchee = ActorRefBase.Of(subject);
        if (watchee.Equals(_self))
            return subject;
        if ((_deathWatch ??= new DeathWatch()).Watching.TryAdd(watchee, message))
            watchee.SendSystem(new Watch(watchee, _self));
        return subject;
    }

    private void ReceiveTerminated(Terminated terminated)
    {
        // Unwatched, or announced before already: the news is no longer wanted.
        if (_deathWatch is null || !_deathWatch.Announced.Remove(ActorRefBase.Of(terminated.ActorRef), out var message))
            return;
        _currentMessage = message ?? terminated;
        ReceiveMessage(_currentMessage);
    }

    private void WatchedActorTerminated(DeathWatchNotification gone)
    {
        if (_deathWatch is { } watch && watch.Watching.Remove(gone.Actor, out var message) && !IsTerminating)
        {
            watch.Announced[gone.Actor] = message;
            _self.Tell(new Terminated(gone.Actor, gone.ExistenceConfirmed, gone.AddressTerminated), gone.Actor);
        }

        if (_children is { } children && children.Remove(gone.Actor, out var next))
            GoOnAfterLastDying(next);
    }

    private void AddWatcher(ActorRefBase watchee, ActorRefBase watcher)
    {
        if (watchee.Equals(_self) && !watcher.Equals(_self))
            (_deathWatch ??= new DeathWatch()).WatchedBy.Add(watcher);
        else if (watcher.Equals(_self))
            Watch(watchee);
    }

    private void RemoveWatcher(ActorRefBase watchee, ActorRefBase watcher)
    {
        if (watchee.Equals(_self) && !watcher.Equals(_self))
            _deathWatch?.WatchedBy.Remove(watcher);
        else if (watcher.Equals(_self))
            Unwatch(watchee);
    }

    /// <summary>
    /// Remote watchers first: once the local ones know, the node may already be shutting its transport down.
    /// </summary>
    private void TellWatchersWeDied()
    {
        if (_deathWatch is not { WatchedBy.Count: > 0 } watch)
            return;
        foreach (var watcher in watch.WatchedBy.OrderBy(watcher => watcher.IsLocal))
        {
            if (!watcher.Equals(_parent))
                watcher.SendSystem(
                    new DeathWatchNotification(_self, existenceConfirmed: true, addressTerminated: false));
        }

        watch.WatchedBy.Clear();
    }

    private void UnwatchAll()
    {
        if (_deathWatch is not { } watch)
            return;
        foreach (var watchee in watch.Watching.Keys)
            watchee.SendSystem(new Unwatch(watchee, _self));
        watch.Watching.Clear();
        watch.Announced.Clear();
    }
}
