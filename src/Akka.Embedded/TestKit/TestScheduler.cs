using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.TestKit;

/// <summary>Time that stands still until the test moves it on; what falls due on the way runs in order.</summary>
public class TestScheduler : IScheduler, IAdvancedScheduler
{
    private readonly WorkHeap _heap = new();
    private readonly DateTimeOffset _origin = DateTimeOffset.UtcNow;
    private TimeSpan _elapsed;
    private long _sequence;

    public TestScheduler(Config schedulerConfig, ILoggingAdapter log)
    {
        ArgumentNullException.ThrowIfNull(schedulerConfig);
        ArgumentNullException.ThrowIfNull(log);
    }

    public DateTimeOffset Now => TimeNow;

    public TimeSpan MonotonicClock => _elapsed;

    public TimeSpan HighResMonotonicClock => _elapsed;

    public IAdvancedScheduler Advanced => this;

    protected DateTimeOffset TimeNow => _origin + _elapsed;

    public void Advance(TimeSpan offset)
    {
        var until = _elapsed + offset;
        while (TakeDue(until) is { } work)
        {
            if (!work.IsCancelled)
                work.Run();
        }

        _elapsed = until;
    }

    public void AdvanceTo(DateTimeOffset when)
    {
        if (when < TimeNow)
            throw new InvalidOperationException($"Time goes forward only: it is {TimeNow} already.");
        Advance(when - TimeNow);
    }

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef? sender) =>
        ScheduleTellOnce(delay, receiver, message, sender, null);

    public void ScheduleTellOnce(
        TimeSpan delay, ICanTell receiver, object message, IActorRef? sender, ICancelable? cancelable) =>
        Add(delay, TimeSpan.Zero, receiver, message, sender, cancelable);

    public void ScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef? sender) =>
        ScheduleTellRepeatedly(initialDelay, interval, receiver, message, sender, null);

    public void ScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef? sender,
        ICancelable? cancelable) => Add(initialDelay, interval, receiver, message, sender, cancelable);

    public void ScheduleOnce(TimeSpan delay, Action action) => ScheduleOnce(delay, action, null);

    public void ScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable) =>
        Add(delay, TimeSpan.Zero, null, action, null, cancelable);

    public void ScheduleOnce(TimeSpan delay, IRunnable action) => ScheduleOnce(delay, action, null);

    public void ScheduleOnce(TimeSpan delay, IRunnable action, ICancelable? cancelable) =>
        Add(delay, TimeSpan.Zero, null, action, null, cancelable);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action) =>
        ScheduleRepeatedly(initialDelay, interval, action, null);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable) =>
        Add(initialDelay, interval, null, action, null, cancelable);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action) =>
        ScheduleRepeatedly(initialDelay, interval, action, null);

    public void ScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable? cancelable) =>
        Add(initialDelay, interval, null, action, null, cancelable);

    private void Add(
        TimeSpan delay, TimeSpan interval, ICanTell? receiver, object payload, IActorRef? sender,
        ICancelable? cancelable)
    {
        lock (_heap)
        {
            _heap.Add(new ScheduledWork(null, receiver, payload, sender, interval, cancelable)
            {
                DueTicks = (_elapsed + delay).Ticks,
                Sequence = _sequence++,
            });
        }
    }

    /// <summary>The next entry due by then; time moves on to it.</summary>
    private ScheduledWork? TakeDue(TimeSpan until)
    {
        lock (_heap)
        {
            if (_heap.First is not { } first || first.DueTicks > until.Ticks)
                return null;
            _heap.Remove(first);
            _elapsed = TimeSpan.FromTicks(first.DueTicks);
            if (first.Interval > TimeSpan.Zero && !first.IsCancelled)
            {
                first.DueTicks += first.Interval.Ticks;
                first.Sequence = _sequence++;
                _heap.Add(first);
            }

            return first;
        }
    }
}
