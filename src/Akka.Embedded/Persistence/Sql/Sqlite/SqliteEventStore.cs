using System.Collections.Concurrent;

namespace Akka.Persistence.Sql.Sqlite;

/// <summary>Events and snapshots in one SQLite file: one writer thread, a few connections for reads.</summary>
internal sealed class SqliteEventStore(SqliteOptions options, WriterGuard guard) : IEventStore
{
    private const int ReaderLimit = 4;

    private readonly GroupWriter _writer =
        new("sqlite-writer", options.WaitingLimit, () => SqliteWriteSession.Open(options, guard));
    private readonly ConcurrentBag<SqliteReadSession> _idle = [];
    private readonly SemaphoreSlim _readers = new(ReaderLimit);
    private volatile bool _disposed;

    public void Submit(StoreWrite write) => _writer.Submit(write);

    public Task<long> ReadHighestSequenceNr(string persistenceId) =>
        Read(session => session.ReadHighestSequenceNr(persistenceId));

    public Task<IReadOnlyList<EventRow>> ReadEvents(EventRange range) => Read(session => session.ReadEvents(range));

    public Task<SnapshotRow?> ReadSnapshot(string persistenceId, SnapshotBounds bounds) =>
        Read(session => session.ReadSnapshot(persistenceId, bounds));

    public void Dispose()
    {
        _disposed = true;
        _writer.Close();
        while (_idle.TryTake(out var session))
        {
            session.Dispose();
        }
    }

    private async Task<T> Read<T>(Func<SqliteReadSession, T> read)
    {
        await _readers.WaitAsync().ConfigureAwait(false);
        try
        {
            return await Task.Run(() => ReadNow(read)).ConfigureAwait(false);
        }
        finally
        {
            _readers.Release();
        }
    }

    /// <summary>A session that failed is not used again.</summary>
    private T ReadNow<T>(Func<SqliteReadSession, T> read)
    {
        if (_disposed)
        {
            throw new EventStoreException(EventStoreTrouble.Closed, "The store is closed.");
        }

        var session = _idle.TryTake(out var idle) ? idle : SqliteReadSession.Open(options);
        try
        {
            var result = read(session);
            _idle.Add(session);
            return result;
        }
        catch (EventStoreException)
        {
            session.Dispose();
            throw;
        }
        finally
        {
            DropIdleAfterClose();
        }
    }

    private void DropIdleAfterClose()
    {
        while (_disposed && _idle.TryTake(out var session))
        {
            session.Dispose();
        }
    }
}
