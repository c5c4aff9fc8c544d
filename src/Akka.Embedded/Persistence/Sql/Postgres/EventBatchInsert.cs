using Npgsql;
using NpgsqlTypes;

namespace Akka.Persistence.Sql.Postgres;

/// <summary>Many events in one prepared statement; all or none. Of a member only while it is one.</summary>
internal sealed class EventBatchInsert : IDisposable
{
    private readonly NpgsqlCommand _command;
    private readonly NpgsqlParameter<string[]> _ids = Array<string>(NpgsqlDbType.Text);
    private readonly NpgsqlParameter<long[]> _numbers = Array<long>(NpgsqlDbType.Bigint);
    private readonly NpgsqlParameter<long[]> _created = Array<long>(NpgsqlDbType.Bigint);
    private readonly NpgsqlParameter<int[]> _serializers = Array<int>(NpgsqlDbType.Integer);
    private readonly NpgsqlParameter<string[]> _manifests = Array<string>(NpgsqlDbType.Text);
    private readonly NpgsqlParameter<byte[][]> _payloads = Array<byte[]>(NpgsqlDbType.Bytea);
    private readonly NpgsqlParameter<string?[]> _writers = Array<string?>(NpgsqlDbType.Text);

    public EventBatchInsert(NpgsqlConnection connection, string? member)
    {
        var (with, where) = member is null
            ? ("", "")
            : ($"WITH writer AS ({MemberLine.Lock("$8")}) ", " WHERE EXISTS (SELECT FROM writer)");
        _command = new NpgsqlCommand(
            $"{with}INSERT INTO journal ({EventTables.EventColumns}, deleted) "
            + $"SELECT *, false FROM unnest($1, $2, $3, $4, $5, $6, $7){where}", connection)
        {
            Parameters = { _ids, _numbers, _created, _serializers, _manifests, _payloads, _writers },
        };
        if (member is not null)
        {
            _command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = member });
        }
    }

    /// <summary>False: the member is none any more.</summary>
    public bool TryRun(List<EventRow> rows)
    {
        var count = rows.Count;
        var (ids, manifests, writers) = (new string[count], new string[count], new string?[count]);
        var (numbers, created) = (new long[count], new long[count]);
        var (serializers, payloads) = (new int[count], new byte[count][]);
        for (var i = 0; i < count; i++)
        {
            var row = rows[i];
            (ids[i], numbers[i], created[i]) = (row.PersistenceId, row.SequenceNr, row.Created);
            (serializers[i], manifests[i]) = (row.SerializerId, row.Manifest);
            (payloads[i], writers[i]) = (row.Payload, row.WriterUuid);
        }

        (_ids.TypedValue, _manifests.TypedValue, _writers.TypedValue) = (ids, manifests, writers);
        (_numbers.TypedValue, _created.TypedValue) = (numbers, created);
        (_serializers.TypedValue, _payloads.TypedValue) = (serializers, payloads);
        return _command.ExecuteNonQuery() == count;
    }

    public void Dispose() => _command.Dispose();

    private static NpgsqlParameter<T[]> Array<T>(NpgsqlDbType element) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | element };
}
