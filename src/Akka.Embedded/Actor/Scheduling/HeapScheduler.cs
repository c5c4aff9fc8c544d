using System.Diagnostics;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// One thread and one heap of what is due, earliest first. It sleeps until the first entry is due, so an idle system
/// costs nothing and a delay is kept to about a millisecond. Cancelled entries leave at once, in O(log n).
/// </summary>
internal sealed class HeapScheduler : SchedulerBase, IDisposable
{
    private readonly object _gate = new();
    private readonly WorkHeap _heap = new();
    private readonly long _startedAt = Stopwatch.GetTimestamp();
    private readonly Thread _thread;
    private long _sequence;
    private bool _stopped;

    public HeapScheduler(Config scheduler, ILoggingAdapter log)
        : base(scheduler, log)
    {
        _thread = new Thread(Work) { IsBackground = true, Name = "akka-scheduler" };
        _thread.Start();
    }

    public override TimeSpan MonotonicClock => Stopwatch.GetElapsedTime(_startedAt);

    public override TimeSpan HighResMonotonicClock => MonotonicClock;

    protected override DateTimeOffset TimeNow => DateTimeOffset.UtcNow;

    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
            _heap.Clear();
            Monitor.Pulse(_gate);
        }
    }

    internal void Remove(ScheduledWork work)
    {
        lock (_gate)
            _heap.Remove(work);
    }

    protected override void InternalScheduleTellOnce(
        TimeSpan delay, ICanTell receiver, object message, IActorRef? sender, ICancelable? cancelable) =>
        Add(delay, new ScheduledWork(this, receiver, message, sender, TimeSpan.Zero, cancelable), cancelable);

    protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef? sender,
        ICancelable? cancelable) =>
        Add(initialDelay, new ScheduledWork(this, receiver, message, sender, interval, cancelable), cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable) =>
        Add(delay, new ScheduledWork(this, null, action, null, TimeSpan.Zero, cancelable), cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable? cancelable) =>
        Add(delay, new ScheduledWork(this, null, action, null, TimeSpan.Zero, cancelable), cancelable);

    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable) =>
        Add(initialDelay, new ScheduledWork(this, null, action, null, interval, cancelable), cancelable);

    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable? cancelable) =>
        Add(initialDelay, new ScheduledWork(this, null, action, null, interval, cancelable), cancelable);

    private void Add(TimeSpan delay, ScheduledWork work, ICancelable? cancelable)
    {
        if (work.IsCancelled)
            return;
        lock (_gate)
        {
            if (_stopped)
                throw new SchedulerException("The actor system has ended: nothing can be scheduled any more.");
            work.DueTicks = MonotonicClock.Ticks + delay.Ticks;
            work.Sequence = _sequence++;
            _heap.Add(work);
            if (ReferenceEquals(_heap.First, work))
                Monitor.Pulse(_gate);
        }

        (cancelable as Cancelable)?.Attach(work);
    }

    private void Work()
    {
        while (Next() is { } work)
        {
            if (work.IsCancelled)
                continue;
            try
            {
                work.Run();
            }
            catch (Exception failure)
            {
                Log.Error(failure, "Scheduled work failed: {0}", failure.Message);
            }
        }
    }

    /// <summary>Waits for the first entry that is due; null when the scheduler was stopped.</summary>
    private ScheduledWork? Next()
    {
        lock (_gate)
        {
            while (!_stopped)
            {
                var first = _heap.First;
                var wait = first is null ? long.MaxValue : first.DueTicks - MonotonicClock.Ticks;
                if (first is not null && wait <= 0)
                    return Take(first);
                Monitor.Wait(_gate, first is null ? Timeout.Infinite : Milliseconds(wait));
            }

            return null;
        }
    }

    private ScheduledWork Take(ScheduledWork first)
    {
        _heap.Remove(first);
        if (first.Interval > TimeSpan.Zero && !first.IsCancelled)
        {
            // From the time it was due, not from now: a late tick does not shift all later ones.
            first.DueTicks = Math.Max(first.DueTicks + first.Interval.Ticks, MonotonicClock.Ticks);
            first.Sequence = _sequence++;
            _heap.Add(first);
        }

        return first;
    }

    private static int Milliseconds(long ticks) =>
        (int)Math.Min((ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond, int.MaxValue);
}
