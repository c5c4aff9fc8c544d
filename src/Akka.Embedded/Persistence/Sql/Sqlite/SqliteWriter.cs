namespace Akka.Persistence.Sql.Sqlite;

/// <summary>
/// The one thread that writes to the file. Each round is one transaction (group commit): all waiting writes, one
/// synchronization of the disk, then every writer learns its outcome.
/// </summary>
internal sealed class SqliteWriter
{
    /// <summary>Keeps the write-ahead log and the wait of a group's first writer small.</summary>
    private const int RowsPerTransaction = 8192;

    private readonly SqliteOptions _options;
    private readonly WriteQueue _queue;
    private readonly Thread _thread;

    public SqliteWriter(SqliteOptions options)
    {
        _options = options;
        _queue = new WriteQueue(options.WaitingLimit);
        _thread = new Thread(Run) { IsBackground = true, Name = "sqlite-writer" };
        _thread.Start();
    }

    public void Submit(StoreWrite write) => _queue.Add(write);

    /// <summary>Lets what waits be written, then closes the file.</summary>
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
        SqliteWriteSession? session = null;
        var group = new List<StoreWrite>();
        while (_queue.Take(group, RowsPerTransaction))
        {
            try
            {
                session ??= SqliteWriteSession.Open(_options);
                session.Commit(group);
            }
            catch (EventStoreException failure)
            {
                // The next group finds a fresh connection: a file that came back is used again.
                session?.Dispose();
                session = null;
                group.ForEach(write => write.Completed(failure));
            }

            group.Clear();
        }

        session?.Dispose();
    }
}
