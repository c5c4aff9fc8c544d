using Akka.Actor;

namespace Akka.Dispatch.Queues;

/// <summary>
/// A chain of array segments. A sender reserves a slot with one increment and fills it; that increment is the only
/// locked instruction of a tell, and it is also the fence that makes "idle" and "has messages" agree
/// (<see cref="HasMessages"/> looks at what is reserved, not at what is filled). A segment is used once; the next
/// one is larger while there is a backlog and small again when there is none, so an idle actor holds few slots.
/// </summary>
internal class UnboundedQueue : MessageQueue
{
    private const int SmallestSegment = 4;
    private const int LargestSegment = 1024;

    private Segment? _tail;
    private Stack<Slot>? _front;
    private Segment? _head;
    private int _read;

    internal override bool HasMessages
    {
        get
        {
            if (_front is { Count: > 0 })
                return true;
            return Volatile.Read(ref _head) is { } head && Volatile.Read(ref head.Reserved) > _read;
        }
    }

    internal override bool TryEnqueue(object message, IActorRef? sender)
    {
        var segment = Volatile.Read(ref _tail) ?? CreateFirst();
        while (true)
        {
            var index = Interlocked.Increment(ref segment.Reserved) - 1;
            var slots = segment.Slots;
            if ((uint)index < (uint)slots.Length)
            {
                ref var slot = ref slots[index];
                slot.Sender = sender;
                Volatile.Write(ref slot.Message, message);
                return true;
            }

            segment = Grow(segment);
        }
    }

    internal override bool TryDequeue(out object message, out IActorRef? sender)
    {
        if (_front is { Count: > 0 })
        {
            var first = _front.Pop();
            (message, sender) = (first.Message!, first.Sender);
            return true;
        }

        return TryDequeueFromSegments(out message, out sender);
    }

    internal override void EnqueueFirst(object message, IActorRef? sender)
    {
        _front ??= new Stack<Slot>();
        _front.Push(new Slot { Message = message, Sender = sender });
    }

    private bool TryDequeueFromSegments(out object message, out IActorRef? sender)
    {
        for (var segment = Volatile.Read(ref _head); segment is not null;)
        {
            var slots = segment.Slots;
            if ((uint)_read < (uint)slots.Length)
            {
                ref var slot = ref slots[_read];
                var found = Volatile.Read(ref slot.Message);
                if (found is null && !WaitForFilling(segment, ref slot, out found))
                    break;
                message = found!;
                sender = slot.Sender;
                slot = default;
                _read++;
                return true;
            }

            segment = Volatile.Read(ref segment.Next);
            if (segment is not null)
            {
                _read = 0;
                Volatile.Write(ref _head, segment);
            }
        }

        message = null!;
        sender = null;
        return false;
    }

    /// <summary>
    /// A slot that is reserved will be filled in a moment, unless its sender lost the processor just then.
    /// </summary>
    private bool WaitForFilling(Segment segment, ref Slot slot, out object? found)
    {
        found = null;
        if (Volatile.Read(ref segment.Reserved) <= _read)
            return false;
        for (var spin = 0; spin < 20 && found is null; spin++)
        {
            Thread.SpinWait(4);
            found = Volatile.Read(ref slot.Message);
        }

        return found is not null;
    }

    private Segment CreateFirst()
    {
        var fresh = new Segment(SmallestSegment);
        var existing = Interlocked.CompareExchange(ref _tail, fresh, null);
        if (existing is not null)
            return existing;
        Volatile.Write(ref _head, fresh);
        return fresh;
    }

    private Segment Grow(Segment full)
    {
        var next = Volatile.Read(ref full.Next);
        if (next is null)
        {
            var fresh = new Segment(NextLength(full.Slots.Length));
            next = Interlocked.CompareExchange(ref full.Next, fresh, null) ?? fresh;
        }

        Interlocked.CompareExchange(ref _tail, next, full);
        return next;
    }

    /// <summary>Reads the receiver's position without a fence: it only steers a size.</summary>
    private int NextLength(int length)
    {
        var behind = length - _read;
        return behind > length / 2
            ? Math.Min(length * 4, LargestSegment)
            : Math.Max(length / 4, SmallestSegment * 2);
    }

    private struct Slot
    {
        internal object? Message;
        internal IActorRef? Sender;
    }

    private sealed class Segment(int length)
    {
        internal readonly Slot[] Slots = new Slot[length];
        internal int Reserved;
        internal Segment? Next;
    }
}
