using Akka.Actor;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    public T ExpectMsgFrom<T>(
        IActorRef sender, TimeSpan? duration = null, string? hint = null,
        CancellationToken cancellationToken = default) =>
        Expect<T>((_, actual) => AssertSender(sender, actual, hint), duration, hint, cancellationToken);

    public T ExpectMsgFrom<T>(
        IActorRef sender, T message, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) => Expect<T>(
            (actual, actualSender) =>
            {
                AssertSender(sender, actualSender, hint);
                AssertSame(message, actual, hint);
            },
            timeout, hint, cancellationToken);

    public T ExpectMsgFrom<T>(
        IActorRef sender, Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) => Expect<T>(
            (actual, actualSender) =>
            {
                AssertSender(sender, actualSender, hint);
                AssertMatches(isMessage(actual), actual, hint);
            },
            timeout, hint, cancellationToken);

    public T ExpectMsgFrom<T>(
        IActorRef sender, Action<T> assertMessage, TimeSpan? timeout = null, string? hint = null,
        CancellationToken cancellationToken = default) => Expect<T>(
            (actual, actualSender) =>
            {
                AssertSender(sender, actualSender, hint);
                assertMessage(actual);
            },
            timeout, hint, cancellationToken);

    private void AssertSender(IActorRef expected, IActorRef actual, string? hint) =>
        _assertions.AssertTrue(
            expected.Equals(
                actual), "{0}The message should have come from {1}; it came from {2}.", Said(hint), expected,
            actual);
}
