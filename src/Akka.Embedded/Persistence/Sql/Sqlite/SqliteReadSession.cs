namespace Akka.Persistence.Sql.Sqlite;

/// <summary>A connection with the statements that read. Readers never wait for the writer (write-ahead log).</summary>
internal sealed class SqliteReadSession : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly SqliteStatement _highest;
    private readonly SqliteStatement _events;
    private readonly SqliteStatement _snapshot;

    private SqliteReadSession(SqliteDatabase database)
    {
        _database = database;
        _highest = database.Prepare("SELECT MAX(sequence_number) FROM journal WHERE persistence_id = ?");
        _events = database.Prepare(
            $"SELECT {EventTables.EventColumns} FROM journal WHERE persistence_id = ? "
            + "AND sequence_number BETWEEN ? AND ? AND deleted = 0 ORDER BY sequence_number LIMIT ?");
        _snapshot = database.Prepare(
            $"SELECT {EventTables.SnapshotColumns} FROM snapshot WHERE persistence_id = ? "
            + "AND sequence_number BETWEEN ? AND ? AND created BETWEEN ? AND ? ORDER BY sequence_number DESC LIMIT 1");
    }

    public static SqliteReadSession Open(SqliteOptions options)
    {
        var database = SqliteDatabase.Open(options.Path, options.Create, options.LockTimeout);
        try
        {
            SqliteSchema.Prepare(database, options.Create);
            return new SqliteReadSession(database);
        }
        catch (EventStoreException)
        {
            database.Dispose();
            throw;
        }
    }

    public long ReadHighestSequenceNr(string persistenceId)
    {
        _highest.Bind(1, persistenceId);
        var highest = _highest.Step() ? _highest.Number(0) : 0;
        _highest.Reset();
        return highest;
    }

    public IReadOnlyList<EventRow> ReadEvents(EventRange range)
    {
        _events.Bind(1, range.PersistenceId).Bind(2, range.FromSequenceNr).Bind(3, range.ToSequenceNr)
            .Bind(4, range.Limit);
        var rows = new List<EventRow>();
        while (_events.Step())
        {
            rows.Add(new EventRow(
                range.PersistenceId, _events.Number(1), _events.Number(2), (int)_events.Number(3), _events.Text(4),
                _events.Bytes(5), _events.IsNull(6) ? null : _events.Text(6), []));
        }

        _events.Reset();
        return rows;
    }

    public SnapshotRow? ReadSnapshot(string persistenceId, SnapshotBounds bounds)
    {
        _snapshot.Bind(1, persistenceId).Bind(2, bounds.MinSequenceNr).Bind(3, bounds.MaxSequenceNr)
            .Bind(4, bounds.MinCreated).Bind(5, bounds.MaxCreated);
        var row = _snapshot.Step()
            ? new SnapshotRow(
                persistenceId, _snapshot.Number(1), _snapshot.Number(2), (int)_snapshot.Number(3), _snapshot.Text(4),
                _snapshot.Bytes(5))
            : null;
        _snapshot.Reset();
        return row;
    }

    public void Dispose() => _database.Dispose();
}
