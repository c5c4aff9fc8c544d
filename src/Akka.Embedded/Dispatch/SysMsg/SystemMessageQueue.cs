namespace Akka.Dispatch.SysMsg;

/// <summary>Many may push, one takes all at once, in the order of pushing.</summary>
internal struct SystemMessageQueue
{
    private SystemMessage? _newest;

    internal readonly bool HasMessages => Volatile.Read(in _newest) is not null;

    internal void Push(SystemMessage message)
    {
        SystemMessage? newest;
        do
        {
            newest = Volatile.Read(ref _newest);
            message.Next = newest;
        }
        while (Interlocked.CompareExchange(ref _newest, message, newest) != newest);
    }

    internal SystemMessage? TakeAll()
    {
        var newest = Interlocked.Exchange(ref _newest, null);
        SystemMessage? oldest = null;
        while (newest is not null)
        {
            var next = newest.Next;
            newest.Next = oldest;
            oldest = newest;
            newest = next;
        }

        return oldest;
    }
}
