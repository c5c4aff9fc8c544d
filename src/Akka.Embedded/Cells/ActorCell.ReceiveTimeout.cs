namespace Akka.Actor;

/// <summary>
/// Receive timeout: one timer that is looked at again when it fires, in place of one that is set anew for every
/// message.
/// </summary>
internal sealed partial class ActorCell
{
    private ReceiveTimeoutTimer? _receiveTimeout;

    public TimeSpan? ReceiveTimeout => _receiveTimeout?.Interval;

    public void SetReceiveTimeout(TimeSpan? timeout)
    {
        _receiveTimeout?.Cancel();
        _receiveTimeout = null;
        if (timeout is not { } interval || interval == Timeout.InfiniteTimeSpan)
            return;
        if (interval <= TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(
                nameof(timeout), timeout, "A receive timeout is longer than zero; null switches it off.");
        _receiveTimeout = new ReceiveTimeoutTimer(_self, _system.Scheduler, interval);
    }

    private void CheckReceiveTimeout() => _receiveTimeout?.Restart();

    private void RestartReceiveTimeout(object message)
    {
        var inner = message is TimerMessage timer ? timer.Message : message;
        if (inner is not INotInfluenceReceiveTimeout)
            _receiveTimeout!.Restart();
    }

    private void ReceiveTimeoutExpired(ReceiveTimeoutTick tick)
    {
        if (!ReferenceEquals(tick.Owner, _receiveTimeout) || !tick.Owner.IsDue())
            return;
        var due = Akka.Actor.ReceiveTimeout.Instance;
        _currentMessage = due;
        _sender = null;
        try
        {
            ReceiveMessage(due);
        }
        finally
        {
            if (_awaiting is null)
                CheckReceiveTimeout();
        }
    }
}
