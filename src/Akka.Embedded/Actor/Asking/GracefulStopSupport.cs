namespace Akka.Actor;

public static class GracefulStopSupport
{
    public static Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout) =>
        target.GracefulStop(timeout, PoisonPill.Instance);

    /// <summary>True when the actor is gone; false when it is not within the timeout.</summary>
    public static async Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout, object stopMessage)
    {
        using var patience = new CancellationTokenSource(timeout);
        var stopped = target.WatchAsync(patience.Token);
        target.Tell(stopMessage, ActorRefs.NoSender);
        return await stopped;
    }
}

public static class WatchAsyncSupport
{
    /// <summary>True when the actor has ended; false when <paramref name="token"/> was cancelled first.</summary>
    public static Task<bool> WatchAsync(this IActorRef target, CancellationToken token = default)
    {
        var watched = ActorRefBase.Of(target);
        if (watched.Owner is not { } system)
            return Task.FromResult(true);
        var watcher = new DeathWatcherRef(system);
        watched.SendSystem(new Dispatch.SysMsg.Watch(watched, watcher));
        if (token.CanBeCanceled)
            token.Register(() => watcher.GiveUp(watched));
        return watcher.Ended;
    }
}
