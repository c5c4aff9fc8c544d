using Npgsql;

namespace Akka.Persistence.Sql.Postgres;

/// <summary>Events and snapshots in a PostgreSQL database: one connection writes, a few read.</summary>
internal sealed class PostgresEventStore : IEventStore
{
    private const int ReaderLimit = 8;

    private readonly PostgresOptions _options;
    private readonly NpgsqlDataSource _source;
    private readonly GroupWriter _writer;
    private readonly SemaphoreSlim _readers = new(ReaderLimit);
    private volatile bool _isPrepared;

    public PostgresEventStore(PostgresOptions options, WriterGuard guard)
    {
        _options = options;
        _source = NpgsqlDataSource.Create(options.ConnectionString);
        _writer = new GroupWriter(
            "postgres-writer", options.WaitingLimit, () => PostgresWriteSession.Open(options, _source, guard));
    }

    public void Submit(StoreWrite write) => _writer.Submit(write);

    public Task<long> ReadHighestSequenceNr(string persistenceId) => Read(
        "SELECT coalesce(max(sequence_number), 0) FROM journal WHERE persistence_id = $1",
        [persistenceId],
        static async reader => await reader.ReadAsync().ConfigureAwait(false) ? reader.GetInt64(0) : 0);

    public Task<IReadOnlyList<EventRow>> ReadEvents(EventRange range) => Read(
        $"SELECT {EventTables.EventColumns} FROM journal WHERE persistence_id = $1 "
        + "AND sequence_number BETWEEN $2 AND $3 AND NOT deleted ORDER BY sequence_number LIMIT $4",
        [range.PersistenceId, range.FromSequenceNr, range.ToSequenceNr, range.Limit],
        ReadRows);

    public Task<SnapshotRow?> ReadSnapshot(string persistenceId, SnapshotBounds bounds) => Read(
        $"SELECT {EventTables.SnapshotColumns} FROM snapshot WHERE persistence_id = $1 "
        + "AND sequence_number BETWEEN $2 AND $3 AND created BETWEEN $4 AND $5 ORDER BY sequence_number DESC LIMIT 1",
        [persistenceId, bounds.MinSequenceNr, bounds.MaxSequenceNr, bounds.MinCreated, bounds.MaxCreated],
        static async reader => await reader.ReadAsync().ConfigureAwait(false)
            ? new SnapshotRow(
                reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt32(3), TextAt(reader, 4),
                reader.GetFieldValue<byte[]>(5))
            : null);

    public void Dispose()
    {
        _writer.Close();
        _source.Dispose();
    }

    private static async Task<IReadOnlyList<EventRow>> ReadRows(NpgsqlDataReader reader)
    {
        var rows = new List<EventRow>();
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            rows.Add(new EventRow(
                reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt32(3), TextAt(reader, 4),
                reader.GetFieldValue<byte[]>(5), reader.IsDBNull(6) ? null : reader.GetString(6), []));
        }

        return rows;
    }

    private static string TextAt(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? "" : reader.GetString(column);

    private async Task<T> Read<T>(string sql, object[] values, Func<NpgsqlDataReader, Task<T>> read)
    {
        await _readers.WaitAsync().ConfigureAwait(false);
        try
        {
            await using var connection = await _source.OpenConnectionAsync().ConfigureAwait(false);
            if (!_isPrepared)
            {
                PostgresSchema.Prepare(connection, _options);
                _isPrepared = true;
            }

            await using var command = new NpgsqlCommand(sql, connection);
            foreach (var value in values)
            {
                command.Parameters.Add(new NpgsqlParameter { Value = value });
            }

            await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
            return await read(reader).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            throw PostgresFailure.Translate(_options, failure);
        }
        finally
        {
            _readers.Release();
        }
    }
}
