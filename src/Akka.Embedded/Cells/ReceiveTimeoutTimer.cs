using System.Diagnostics.CodeAnalysis;

using Akka.Event;

namespace Akka.Actor;

/// <summary>The deadline after the last message that counted, and the one pending tick that looks at it.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Cancelling is all there is to dispose.")]
internal sealed class ReceiveTimeoutTimer
{
    private readonly LocalActorRef _owner;
    private readonly IScheduler _scheduler;
    private readonly Cancelable _cancelable;
    private TimeSpan _deadline;
    private bool _ticking;

    internal ReceiveTimeoutTimer(LocalActorRef owner, IScheduler scheduler, TimeSpan interval)
    {
        _owner = owner;
        _scheduler = scheduler;
        _cancelable = new Cancelable(scheduler);
        Interval = interval;
        Restart();
    }

    internal TimeSpan Interval { get; }

    internal void Restart()
    {
        _deadline = _scheduler.MonotonicClock + Interval;
        if (!_ticking)
            Tick(Interval);
    }

    /// <summary>True when the deadline has passed; otherwise the tick is set for what remains.</summary>
    internal bool IsDue()
    {
        _ticking = false;
        var remaining = _deadline - _scheduler.MonotonicClock;
        if (remaining <= TimeSpan.Zero)
            return true;
        Tick(remaining);
        return false;
    }

    internal void Cancel() => _cancelable.Cancel();

    private void Tick(TimeSpan delay)
    {
        _ticking = true;
        _scheduler.ScheduleTellOnce(delay, _owner, new ReceiveTimeoutTick(this), ActorRefs.NoSender, _cancelable);
    }
}

internal sealed class ReceiveTimeoutTick(ReceiveTimeoutTimer owner)
    : IAutoReceivedMessage, INotInfluenceReceiveTimeout, INoSerializationVerificationNeeded, IDeadLetterSuppression
{
    internal ReceiveTimeoutTimer Owner { get; } = owner;
}
