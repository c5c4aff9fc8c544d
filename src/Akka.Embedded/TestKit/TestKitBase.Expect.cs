using Akka.Actor;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    public T ExpectMsg<T>(
        TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(null, duration, hint, cancellationToken);

    public T ExpectMsg<T>(
        T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>((actual, _) => AssertSame(message, actual, hint), timeout, hint, cancellationToken);

    public T ExpectMsg<T>(
        Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Expect<T>((actual, _) => AssertMatches(isMessage(actual), actual, hint), timeout, hint, cancellationToken);

    public T ExpectMsg<T>(
        Action<T> assert, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Expect<T>((actual, _) => assert(actual), timeout, hint, cancellationToken);

    public T ExpectMsg<T>(
        Func<T, IActorRef, bool> isMessageAndSender, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) => Expect<T>(
            (actual, sender) => AssertMatches(isMessageAndSender(actual, sender), actual, hint), timeout, hint,
            cancellationToken);

    public T ExpectMsg<T>(
        Action<T, IActorRef> assertMessageAndSender, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Expect(assertMessageAndSender, timeout, hint, cancellationToken);

    public T ExpectMsg<T>(
        T expected, Func<T, T, bool> comparer, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) => Expect<T>(
            (actual, _) => _assertions.AssertEqual(expected, actual, comparer, Said(hint)), timeout, hint,
            cancellationToken);

    public ValueTask<T> ExpectMsgAsync<T>(
        TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>(null, duration, hint, cancellationToken);

    public ValueTask<T> ExpectMsgAsync<T>(
        T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>((actual, _) => AssertSame(message, actual, hint), timeout, hint, cancellationToken);

    public ValueTask<T> ExpectMsgAsync<T>(
        Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectAsync<T>((actual, _) => AssertMatches(isMessage(actual), actual, hint), timeout, hint, cancellationToken);

    public ValueTask<T> ExpectMsgAsync<T>(
        Action<T> assert, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectAsync<T>((actual, _) => assert(actual), timeout, hint, cancellationToken);

    public ValueTask<T> ExpectMsgAsync<T>(
        Action<T, IActorRef> assertMessageAndSender, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectAsync(assertMessageAndSender, timeout, hint, cancellationToken);

    public Terminated ExpectTerminated(
        IActorRef target, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectMsg<Terminated>(gone => gone.ActorRef.Equals(target), timeout, hint, cancellationToken);

    public ValueTask<Terminated> ExpectTerminatedAsync(
        IActorRef target, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        ExpectMsgAsync<Terminated>(gone => gone.ActorRef.Equals(target), timeout, hint, cancellationToken);

    private T Expect<T>(
        Action<T, IActorRef>? check, TimeSpan? timeout, string? hint, CancellationToken cancellationToken)
    {
        var max = RemainingOrDilated(timeout);
        var (message, sender) = Expected<T>(Next(max, cancellationToken), max, hint);
        check?.Invoke(message, sender);
        return message;
    }

    private async ValueTask<T> ExpectAsync<T>(
        Action<T, IActorRef>? check, TimeSpan? timeout, string? hint, CancellationToken cancellationToken)
    {
        var max = RemainingOrDilated(timeout);
        var next = Remember(await _queue.TakeAsync(max, peek: false, cancellationToken));
        var (message, sender) = Expected<T>(next, max, hint);
        check?.Invoke(message, sender);
        return message;
    }

    private void AssertSame<T>(T expected, T actual, string? hint) =>
        _assertions.AssertEqual(expected, actual, Said(hint).Replace("{", "{{", StringComparison.Ordinal));

    private void AssertMatches<T>(bool matches, T actual, string? hint) =>
        _assertions.AssertTrue(matches, "{0}The message {1} is not the one expected.", Said(hint), actual!);
}
