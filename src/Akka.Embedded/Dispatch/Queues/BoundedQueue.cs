using Akka.Actor;

namespace Akka.Dispatch.Queues;

/// <summary>
/// A queue with a capacity. A sender that finds it full waits up to the push timeout, then is refused.
/// </summary>
internal sealed class BoundedQueue(int capacity, TimeSpan pushTimeout) : UnboundedQueue
{
    private int _count;

    internal override bool TryEnqueue(object message, IActorRef? sender)
    {
        if (!TryReserve() && (pushTimeout <= TimeSpan.Zero || !SpinWait.SpinUntil(TryReserve, pushTimeout)))
            return false;
        return base.TryEnqueue(message, sender);
    }

    internal override bool TryDequeue(out object message, out IActorRef? sender)
    {
        if (!base.TryDequeue(out message, out sender))
            return false;
        Interlocked.Decrement(ref _count);
        return true;
    }

    internal override void EnqueueFirst(object message, IActorRef? sender)
    {
        Interlocked.Increment(ref _count); // what was stashed has been let in before
        base.EnqueueFirst(message, sender);
    }

    private bool TryReserve()
    {
        if (Interlocked.Increment(ref _count) <= capacity)
            return true;
        Interlocked.Decrement(ref _count);
        return false;
    }
}
