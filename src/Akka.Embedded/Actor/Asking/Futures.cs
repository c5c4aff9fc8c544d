namespace Akka.Actor;

/// <summary>Asking: a message out, a task for the answer.</summary>
public static class Futures
{
    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<object>(message, timeout, CancellationToken.None);

    public static Task<object> Ask(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<object>(message, null, cancellationToken);

    public static Task<object> Ask(
        this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken) =>
        self.Ask<object>(message, timeout, cancellationToken);

    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<T>(message, timeout, CancellationToken.None);

    public static Task<T> Ask<T>(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<T>(message, null, cancellationToken);

    public static Task<T> Ask<T>(
        this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var future = Begin<T>(self, timeout, cancellationToken);
        self.Tell(message, future);
        return future.Answer;
    }

    /// <summary>Asks with a message that is made for the one who waits for the answer.</summary>
    public static Task<T> Ask<T>(
        this ICanTell self, Func<IActorRef, object> messageFactory, TimeSpan? timeout,
        CancellationToken cancellationToken)
    {
        var future = Begin<T>(self, timeout, cancellationToken);
        self.Tell(messageFactory(future), future);
        return future.Answer;
    }

    private static FutureActorRef<T> Begin<T>(ICanTell target, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var system = OwnerOf(target) ?? throw new ArgumentException(
            $"{target} belongs to no actor system, so it cannot be asked.", nameof(target));
        var limit = timeout ?? system.Settings.AskTimeout;
        var future = new FutureActorRef<T>(system);
        future.Start(limit, cancellationToken);
        return future;
    }

    private static ActorSystemImpl? OwnerOf(ICanTell target) => target switch
    {
        ActorSelection selection => OwnerOf(selection.Anchor),
        IActorRef actor when ActorRefBase.Of(actor).Owner is { } owner => owner,
        _ => ActorCell.Current?.SystemImpl,
    };
}
