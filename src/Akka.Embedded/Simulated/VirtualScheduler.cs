using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Simulated;

/// <summary>Time that moves when the simulation says so; what falls due waits until it is run.</summary>
internal sealed class VirtualScheduler(DateTimeOffset origin) : SchedulerBase(Config.Empty, NoLogger.Instance)
{
    private readonly WorkHeap _heap = new();
    private long _sequence;

    public override TimeSpan MonotonicClock => Elapsed;

    public override TimeSpan HighResMonotonicClock => Elapsed;

    /// <summary>How long the simulation has run.</summary>
    internal TimeSpan Elapsed { get; set; }

    /// <summary>How far the node's clock on the wall is off.</summary>
    internal TimeSpan Skew { get; set; }

    /// <summary>When the first entry falls due; null: there is none.</summary>
    internal TimeSpan? Next
    {
        get
        {
            while (_heap.First is { IsCancelled: true } cancelled)
                _heap.Remove(cancelled);
            return _heap.First is { } first ? TimeSpan.FromTicks(first.DueTicks) : null;
        }
    }

    protected override DateTimeOffset TimeNow => origin + Elapsed + Skew;

    /// <summary>Runs the first entry if it is due; false when none is.</summary>
    internal bool RunDue()
    {
        if (Next is not { } due || due > Elapsed)
            return false;
        var work = _heap.First!;
        _heap.Remove(work);
        if (work.Interval > TimeSpan.Zero)
        {
            // A node that was frozen does not make up for the beats that it missed.
            work.DueTicks = Math.Max(work.DueTicks + work.Interval.Ticks, Elapsed.Ticks);
            Add(work);
        }

        work.Run();
        return true;
    }

    internal void Clear()
    {
        _heap.Clear();
        (_sequence, Elapsed, Skew) = (0, TimeSpan.Zero, TimeSpan.Zero);
    }

    internal void Forget() => _heap.Clear();

    protected override void InternalScheduleTellOnce(
        TimeSpan delay, ICanTell receiver, object message, IActorRef? sender, ICancelable? cancelable) =>
        Add(delay, new ScheduledWork(null, receiver, message, sender, TimeSpan.Zero, cancelable));

    protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef? sender,
        ICancelable? cancelable) =>
        Add(initialDelay, new ScheduledWork(null, receiver, message, sender, interval, cancelable));

    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable) =>
        Add(delay, new ScheduledWork(null, null, action, null, TimeSpan.Zero, cancelable));

    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable? cancelable) =>
        Add(delay, new ScheduledWork(null, null, action, null, TimeSpan.Zero, cancelable));

    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable) =>
        Add(initialDelay, new ScheduledWork(null, null, action, null, interval, cancelable));

    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable? cancelable) =>
        Add(initialDelay, new ScheduledWork(null, null, action, null, interval, cancelable));

    private void Add(TimeSpan delay, ScheduledWork work)
    {
        work.DueTicks = Elapsed.Ticks + delay.Ticks;
        Add(work);
    }

    private void Add(ScheduledWork work)
    {
        work.Sequence = _sequence++;
        _heap.Add(work);
    }
}
