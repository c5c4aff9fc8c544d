namespace Akka.Persistence.Sql.Sqlite;

/// <summary>A connection with the statements that write.</summary>
internal sealed class SqliteWriteSession : IWriteSession
{
    private readonly SqliteDatabase _database;
    private readonly MemberLine _line;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _rollback;
    private readonly SqliteStatement _insertEvent;
    private readonly SqliteStatement _insertTag;
    private readonly SqliteStatement _highestUpTo;
    private readonly SqliteStatement _deleteBelow;
    private readonly SqliteStatement _markDeleted;
    private readonly SqliteStatement _deleteTags;
    private readonly SqliteStatement _saveSnapshot;
    private readonly SqliteStatement _deleteSnapshots;
    private readonly List<Exception?> _outcomes = [];

    private SqliteWriteSession(SqliteDatabase database, WriterGuard guard)
    {
        _database = database;
        _line = new MemberLine(database, guard);
        _begin = database.Prepare("BEGIN IMMEDIATE");
        _commit = database.Prepare("COMMIT");
        _rollback = database.Prepare("ROLLBACK");
        _insertEvent = database.Prepare(
            $"INSERT INTO journal ({EventTables.EventColumns}, deleted) VALUES (?, ?, ?, ?, ?, ?, ?, 0)");
        _insertTag = database.Prepare(
            "INSERT OR IGNORE INTO tags (ordering_id, tag, persistence_id, sequence_nr) VALUES (?, ?, ?, ?)");
        _highestUpTo = database.Prepare(
            "SELECT MAX(sequence_number) FROM journal WHERE persistence_id = ? AND sequence_number <= ?");
        _deleteBelow = database.Prepare("DELETE FROM journal WHERE persistence_id = ? AND sequence_number < ?");
        _markDeleted = database.Prepare(
            "UPDATE journal SET deleted = 1 WHERE persistence_id = ? AND sequence_number = ?");
        _deleteTags = database.Prepare("DELETE FROM tags WHERE persistence_id = ? AND sequence_nr <= ?");
        _saveSnapshot = database.Prepare(
            $"INSERT OR REPLACE INTO snapshot ({EventTables.SnapshotColumns}) VALUES (?, ?, ?, ?, ?, ?)");
        _deleteSnapshots = database.Prepare(
            "DELETE FROM snapshot WHERE persistence_id = ? AND sequence_number BETWEEN ? AND ? "
            + "AND created BETWEEN ? AND ?");
    }

    public static SqliteWriteSession Open(SqliteOptions options, WriterGuard guard)
    {
        var database = SqliteDatabase.Open(options.Path, options.Create, options.LockTimeout);
        try
        {
            // Fewer, larger copies from the write-ahead log into the file: 4,000 pages are 16 MiB.
            database.Execute("PRAGMA wal_autocheckpoint = 4000");
            // Each writer inserts at its own place of the index: with these 32 MiB the places stay in memory.
            database.Execute("PRAGMA cache_size = -32768");
            SqliteSchema.Prepare(database, options.Create);
            return new SqliteWriteSession(database, guard);
        }
        catch (EventStoreException)
        {
            database.Dispose();
            throw;
        }
    }

    public void Commit(List<StoreWrite> group)
    {
        if (group.TrueForAll(static write => write is Barrier))
        {
            group.ForEach(static write => write.Completed(null));
            return;
        }

        _outcomes.Clear();
        _begin.Run();
        if (_line.FindRefusal() is { } refusal)
        {
            _rollback.Run();
            group.ForEach(write => write.Completed(write is Barrier ? null : refusal));
            return;
        }

        foreach (var write in group)
        {
            _outcomes.Add(Apply(write));
        }

        _commit.Run();
        for (var i = 0; i < group.Count; i++)
        {
            group[i].Completed(_outcomes[i]);
        }
    }

    /// <summary>Closing rolls an open transaction back.</summary>
    public void Dispose() => _database.Dispose();

    private EventStoreException? Apply(StoreWrite write)
    {
        switch (write)
        {
            case AppendEvents append:
                return Append(append.Events);
            case DeleteEvents delete:
                Delete(delete);
                return null;
            case SaveSnapshotRow save:
                Save(save.Row);
                return null;
            case DeleteSnapshotRows delete:
                _deleteSnapshots.Bind(1, delete.PersistenceId)
                    .Bind(2, delete.Bounds.MinSequenceNr).Bind(3, delete.Bounds.MaxSequenceNr)
                    .Bind(4, delete.Bounds.MinCreated).Bind(5, delete.Bounds.MaxCreated).Run();
                return null;
            case Barrier:
                return null;
            default:
                throw new InvalidOperationException($"{write.GetType().Name} is no known write.");
        }
    }

    /// <summary>All rows or none; the other writes of the group are not touched by a refusal.</summary>
    private EventStoreException? Append(IReadOnlyList<EventRow> events)
    {
        if (events.Count == 1)
        {
            return Insert(events[0]);
        }

        _database.Execute("SAVEPOINT several");
        foreach (var row in events)
        {
            if (Insert(row) is { } refusal)
            {
                _database.Execute("ROLLBACK TO several; RELEASE several");
                return refusal;
            }
        }

        _database.Execute("RELEASE several");
        return null;
    }

    private EventStoreException? Insert(EventRow row)
    {
        _insertEvent.Bind(1, row.PersistenceId).Bind(2, row.SequenceNr).Bind(3, row.Created)
            .Bind(4, row.SerializerId).Bind(5, row.Manifest).Bind(6, row.Payload).Bind(7, row.WriterUuid);
        if (!_insertEvent.TryRun())
        {
            return EventStoreException.SequenceNumberTaken(row);
        }

        if (row.Tags.Count > 0)
        {
            var ordering = _database.LastInsertedRow;
            foreach (var tag in row.Tags)
            {
                _insertTag.Bind(1, ordering).Bind(2, tag).Bind(3, row.PersistenceId).Bind(4, row.SequenceNr).Run();
            }
        }

        return null;
    }

    /// <summary>The last of the deleted events stays as a marked row: it keeps the highest number known.</summary>
    private void Delete(DeleteEvents delete)
    {
        _highestUpTo.Bind(1, delete.PersistenceId).Bind(2, delete.ToSequenceNr);
        var highest = _highestUpTo.Step() ? _highestUpTo.Number(0) : 0;
        _highestUpTo.Reset();
        _deleteTags.Bind(1, delete.PersistenceId).Bind(2, delete.ToSequenceNr).Run();
        _deleteBelow.Bind(1, delete.PersistenceId).Bind(2, highest).Run();
        _markDeleted.Bind(1, delete.PersistenceId).Bind(2, highest).Run();
    }

    private void Save(SnapshotRow row) =>
        _saveSnapshot.Bind(1, row.PersistenceId).Bind(2, row.SequenceNr).Bind(3, row.Created)
            .Bind(4, row.SerializerId).Bind(5, row.Manifest).Bind(6, row.Payload).Run();
}
