namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>As many messages as are given, in any order, and no others between them.</summary>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(params T[] messages) =>
        ExpectAll(RemainingOrDefault, messages, default);

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(
        IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        ExpectAll(RemainingOrDefault, messages, cancellationToken);

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(TimeSpan max, params T[] messages) =>
        ExpectAll(Dilated(max), messages, default);

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(
        TimeSpan max, IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        ExpectAll(Dilated(max), messages, cancellationToken);

    /// <summary>The next message is one of these.</summary>
    public T ExpectMsgAnyOf<T>(IEnumerable<T> messages, CancellationToken cancellationToken = default)
    {
        var expected = messages.ToList();
        return Expect<T>(
            (actual, _) => _assertions.AssertTrue(
                expected.Contains(actual), "One of {0} was expected; {1} came.", string.Join(", ", expected), actual!),
            null, null, cancellationToken);
    }

    private List<T> ExpectAll<T>(TimeSpan max, IReadOnlyCollection<T> messages, CancellationToken cancellationToken)
    {
        var received = ReceiveUpTo(messages.Count, max, cancellationToken);
        var missing = messages.Where(message => !received.Contains(message!)).ToList();
        var unexpected = received.Where(message => !messages.Any(expected => Equals(expected, message))).ToList();
        _assertions.AssertTrue(
            missing.Count == 0 && unexpected.Count == 0, "Not received: {0}. Received but not expected: {1}.",
            string.Join(", ", missing), string.Join(", ", unexpected));
        return [.. received.Cast<T>()];
    }
}
