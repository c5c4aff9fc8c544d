namespace Akka.Remote.Links;

/// <summary>
/// Connections whose other end has not yet said who it is. When there are too many, the one that has taken longest is
/// ended: whoever greets at once gets through a flood of those who do not.
/// </summary>
internal sealed class Unproven(int max)
{
    private readonly object _gate = new();
    private readonly LinkedList<CancellationTokenSource> _byAge = new();

    /// <summary>Disposing of the result takes the connection out again.</summary>
    internal IDisposable Add(CancellationTokenSource greeting)
    {
        LinkedListNode<CancellationTokenSource> entry;
        CancellationTokenSource? longest = null;
        lock (_gate)
        {
            entry = _byAge.AddLast(greeting);
            if (_byAge.Count > max)
            {
                longest = _byAge.First!.Value;
                _byAge.RemoveFirst();
            }
        }

        try
        {
            longest?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has greeted in this moment.
        }

        return new Entry(this, entry);
    }

    private sealed class Entry(Unproven owner, LinkedListNode<CancellationTokenSource> node) : IDisposable
    {
        public void Dispose()
        {
            lock (owner._gate)
            {
                if (node.List is not null)
                    owner._byAge.Remove(node);
            }
        }
    }
}
