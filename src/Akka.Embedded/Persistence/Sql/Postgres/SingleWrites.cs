using Npgsql;

namespace Akka.Persistence.Sql.Postgres;

/// <summary>One write at a time, within the connection's transaction.</summary>
internal sealed class SingleWrites(NpgsqlConnection connection)
{
    public void Apply(StoreWrite write)
    {
        switch (write)
        {
            case AppendEvents append:
                foreach (var row in append.Events)
                {
                    Insert(row);
                }

                break;
            case DeleteEvents delete:
                Delete(delete);
                break;
            case SaveSnapshotRow save:
                Save(save.Row);
                break;
            case DeleteSnapshotRows delete:
                Run("DELETE FROM snapshot WHERE persistence_id = $1 AND sequence_number BETWEEN $2 AND $3 "
                    + "AND created BETWEEN $4 AND $5",
                    delete.PersistenceId, delete.Bounds.MinSequenceNr, delete.Bounds.MaxSequenceNr,
                    delete.Bounds.MinCreated, delete.Bounds.MaxCreated);
                break;
            case Barrier:
                break;
            default:
                throw new InvalidOperationException($"{write.GetType().Name} is no known write.");
        }
    }

    private void Insert(EventRow row)
    {
        object? ordering;
        try
        {
            ordering = Run(
                $"INSERT INTO journal ({EventTables.EventColumns}, deleted) "
                + "VALUES ($1, $2, $3, $4, $5, $6, $7, false) RETURNING ordering",
                row.PersistenceId, row.SequenceNr, row.Created, row.SerializerId, row.Manifest, row.Payload,
                (object?)row.WriterUuid ?? DBNull.Value);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw EventStoreException.SequenceNumberTaken(row);
        }

        foreach (var tag in row.Tags)
        {
            Run("INSERT INTO tags (ordering_id, tag, persistence_id, sequence_nr) VALUES ($1, $2, $3, $4) "
                + "ON CONFLICT DO NOTHING",
                ordering!, tag, row.PersistenceId, row.SequenceNr);
        }
    }

    /// <summary>The last of the deleted events stays as a marked row: it keeps the highest number known.</summary>
    private void Delete(DeleteEvents delete)
    {
        var highest = Run(
            "SELECT coalesce(max(sequence_number), 0) FROM journal WHERE persistence_id = $1 AND sequence_number <= $2",
            delete.PersistenceId, delete.ToSequenceNr)!;
        Run("DELETE FROM tags WHERE persistence_id = $1 AND sequence_nr <= $2",
            delete.PersistenceId, delete.ToSequenceNr);
        Run("DELETE FROM journal WHERE persistence_id = $1 AND sequence_number < $2", delete.PersistenceId, highest);
        Run("UPDATE journal SET deleted = true WHERE persistence_id = $1 AND sequence_number = $2",
            delete.PersistenceId, highest);
    }

    private void Save(SnapshotRow row) => Run(
        $"INSERT INTO snapshot ({EventTables.SnapshotColumns}) VALUES ($1, $2, $3, $4, $5, $6) "
        + "ON CONFLICT (persistence_id, sequence_number) DO UPDATE SET created = EXCLUDED.created, "
        + "serializer_id = EXCLUDED.serializer_id, manifest = EXCLUDED.manifest, snapshot = EXCLUDED.snapshot",
        row.PersistenceId, row.SequenceNr, row.Created, row.SerializerId, row.Manifest, row.Payload);

    private object? Run(string sql, params ReadOnlySpan<object> values)
    {
        using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command.ExecuteScalar();
    }
}
