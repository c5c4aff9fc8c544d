namespace Akka.Persistence.Sql;

/// <summary>A connection on which groups of writes are made durable.</summary>
internal interface IWriteSession : IDisposable
{
    /// <summary>
    /// Makes the group durable, then tells every writer its outcome. Throws when nothing of it is stored, or when
    /// that is unknown; then nobody has been told.
    /// </summary>
    void Commit(List<StoreWrite> group);
}

/// <summary>
/// The one thread that writes to a store. Each round is one transaction (group commit): all waiting writes, one
/// synchronization of the disk, then every writer learns its outcome.
/// </summary>
internal sealed class GroupWriter
{
    /// <summary>Keeps transactions and the wait of a group's first writer small.</summary>
    private const int RowsPerTransaction = 8192;

    private readonly Func<IWriteSession> _open;
    private readonly WriteQueue _queue;
    private readonly Thread _thread;

    public GroupWriter(string name, int waitingLimit, Func<IWriteSession> open)
    {
        _open = open;
        _queue = new WriteQueue(waitingLimit);
        _thread = new Thread(Run) { IsBackground = true, Name = name };
        _thread.Start();
    }

    public void Submit(StoreWrite write) => _queue.Add(write);

    /// <summary>Lets what waits be written, then closes the connection.</summary>
    public void Close()
    {
        _queue.Close();
        if (Thread.CurrentThread != _thread)
        {
            _thread.Join();
        }
    }

    private void Run()
    {
        IWriteSession? session = null;
        var group = new List<StoreWrite>();
        while (_queue.Take(group, RowsPerTransaction))
        {
            try
            {
                session ??= _open();
                session.Commit(group);
            }
            catch (Exception failure)
            {
                // The next group gets a fresh connection: a store that came back is used again.
                session?.Dispose();
                session = null;
                var reason = failure as EventStoreException ?? new EventStoreException(
                    EventStoreTrouble.Refused, $"The store's writer failed: {failure.Message}", failure);
                group.ForEach(write => write.Completed(reason));
            }

            group.Clear();
        }

        session?.Dispose();
    }
}
