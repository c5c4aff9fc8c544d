using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>
/// One entry of a scheduler: what to do and when. Knows its place in the heap, so that it can leave it.
/// </summary>
internal sealed class ScheduledWork(
    HeapScheduler? scheduler, ICanTell? receiver, object payload, IActorRef? sender, TimeSpan interval,
    ICancelable? cancelable)
{
    internal const int NotQueued = -1;

    /// <summary>Place in the scheduler's heap.</summary>
    internal int Index { get; set; } = NotQueued;

    internal long DueTicks { get; set; }

    /// <summary>Order among entries that are due at the same time.</summary>
    internal long Sequence { get; set; }

    /// <summary>Zero for work that runs once.</summary>
    internal TimeSpan Interval { get; } = interval;

    internal bool IsCancelled => cancelable is { IsCancellationRequested: true };

    internal void Cancel() => scheduler?.Remove(this);

    internal void Run()
    {
        if (receiver is not null)
            receiver.Tell(payload, sender);
        else if (payload is Action action)
            action();
        else
            ((IRunnable)payload).Run();
    }
}
