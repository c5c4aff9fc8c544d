namespace Akka.Persistence.Sql;

/// <summary>
/// Writes that wait for the one writer. It takes whatever has gathered while the transaction before was being made
/// durable: the slower the disk, the larger the groups.
/// </summary>
internal sealed class WriteQueue(int waitingLimit)
{
    private readonly object _gate = new();
    private readonly Queue<StoreWrite> _waiting = new();
    private bool _closed;

    public void Add(StoreWrite write)
    {
        EventStoreException refusal;
        lock (_gate)
        {
            if (!_closed && _waiting.Count < waitingLimit)
            {
                _waiting.Enqueue(write);
                if (_waiting.Count == 1)
                {
                    Monitor.Pulse(_gate);
                }

                return;
            }

            refusal = _closed
                ? new EventStoreException(EventStoreTrouble.Closed, "The store is closed.")
                : new EventStoreException(EventStoreTrouble.Overloaded,
                    $"{waitingLimit} writes wait for the store already (buffer-size).");
        }

        write.Completed(refusal);
    }

    /// <summary>Blocks until something waits, then moves up to that many rows. False: closed and empty.</summary>
    public bool Take(List<StoreWrite> group, int rowsAtMost)
    {
        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                if (_closed)
                {
                    return false;
                }

                Monitor.Wait(_gate);
            }

            var rows = 0;
            while (_waiting.TryPeek(out var next) && (rows == 0 || rows + next.Rows <= rowsAtMost))
            {
                group.Add(_waiting.Dequeue());
                rows += next.Rows;
            }

            return true;
        }
    }

    /// <summary>What waits is still taken; nothing more is accepted.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }
}
