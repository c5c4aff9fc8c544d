namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>Nothing comes for the rest of Within, or for the default time.</summary>
    public void ExpectNoMsg(CancellationToken cancellationToken = default) =>
        Silence(RemainingOrDefault, cancellationToken);

    public void ExpectNoMsg(TimeSpan duration, CancellationToken cancellationToken = default) =>
        Silence(Dilated(duration), cancellationToken);

    public void ExpectNoMsg(int milliseconds, CancellationToken cancellationToken = default) =>
        ExpectNoMsg(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    public ValueTask ExpectNoMsgAsync(CancellationToken cancellationToken = default) =>
        SilenceAsync(RemainingOrDefault, cancellationToken);

    public ValueTask ExpectNoMsgAsync(TimeSpan duration, CancellationToken cancellationToken = default) =>
        SilenceAsync(Dilated(duration), cancellationToken);

    public ValueTask ExpectNoMsgAsync(int milliseconds, CancellationToken cancellationToken = default) =>
        ExpectNoMsgAsync(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    private void Silence(TimeSpan max, CancellationToken cancellationToken) =>
        AssertNone(Next(max, cancellationToken), max);

    private async ValueTask SilenceAsync(TimeSpan max, CancellationToken cancellationToken) =>
        AssertNone(Remember(await _queue.TakeAsync(max, peek: false, cancellationToken)), max);

    private void AssertNone(RealMessageEnvelope? came, TimeSpan max)
    {
        _lastWasNoMsg = true;
        if (came is not null)
            _assertions.Fail("No message was expected within {0}; {1} came from {2}.", max, came.Message, came.Sender);
    }
}
