using Akka.Cluster.Stores;
using Npgsql;

namespace Akka.Persistence.Sql.Postgres;

/// <summary>
/// The connection that writes. A group of events alone is one statement with arrays: one round trip, one
/// synchronization of the server's disk. Anything else, and a group of which the server refused something, is written
/// one by one within one transaction, each behind a savepoint. Of a member of a cluster nothing is stored unless it is
/// one still when the transaction ends.
/// </summary>
internal sealed class PostgresWriteSession : IWriteSession
{
    private readonly PostgresOptions _options;
    private readonly NpgsqlConnection _connection;
    private readonly WriterGuard _guard;
    private readonly MemberLine _line;
    private readonly SingleWrites _singles;
    private readonly List<EventRow> _rows = [];
    private readonly List<Exception?> _outcomes = [];
    private EventBatchInsert? _insert;
    private StoredMember? _member;

    private PostgresWriteSession(PostgresOptions options, NpgsqlConnection connection, WriterGuard guard)
    {
        _options = options;
        _connection = connection;
        _guard = guard;
        _line = new MemberLine(connection, $"PostgreSQL at {options.Name}", guard);
        _singles = new SingleWrites(connection);
    }

    public static PostgresWriteSession Open(PostgresOptions options, NpgsqlDataSource source, WriterGuard guard)
    {
        NpgsqlConnection? connection = null;
        try
        {
            connection = source.OpenConnection();
            PostgresSchema.Prepare(connection, options);
            using var durable = new NpgsqlCommand(
                "SELECT set_config('synchronous_commit', 'on', false) "
                + "WHERE current_setting('synchronous_commit') = 'off'", connection);
            durable.ExecuteNonQuery();
            return new PostgresWriteSession(options, connection, guard);
        }
        catch (Exception failure)
        {
            connection?.Dispose();
            throw PostgresFailure.Translate(options, failure);
        }
    }

    public void Commit(List<StoreWrite> group)
    {
        try
        {
            _outcomes.Clear();
            LookForMember();
            if (!TryInsertTogether(group))
            {
                WriteOneByOne(group);
            }
        }
        catch (Exception failure) when (failure is NpgsqlException or InvalidOperationException or TimeoutException
            or IOException)
        {
            throw PostgresFailure.Translate(_options, failure);
        }

        for (var i = 0; i < group.Count; i++)
        {
            group[i].Completed(_outcomes.Count == 0 ? null : _outcomes[i]);
        }
    }

    public void Dispose()
    {
        _insert?.Dispose();
        _connection.Dispose();
    }

    private void LookForMember()
    {
        var member = _line.Find();
        if (_insert is not null && member == _member)
        {
            return;
        }

        _insert?.Dispose();
        _member = member;
        _insert = new EventBatchInsert(_connection, member?.Node);
    }

    private bool TryInsertTogether(List<StoreWrite> group)
    {
        _rows.Clear();
        foreach (var write in group)
        {
            if (write is AppendEvents append && append.Events.All(static row => row.Tags.Count == 0))
            {
                _rows.AddRange(append.Events);
            }
            else if (write is not Barrier)
            {
                return false;
            }
        }

        try
        {
            if (_rows.Count > 0 && !_insert!.TryRun(_rows))
            {
                RefuseAll(group);
            }

            return true;
        }
        catch (PostgresException refused) when (PostgresFailure.IsRefusal(refused))
        {
            return false;
        }
    }

    private void WriteOneByOne(List<StoreWrite> group)
    {
        using var transaction = _connection.BeginTransaction();
        foreach (var write in group)
        {
            transaction.Save("write");
            try
            {
                _singles.Apply(write);
                _outcomes.Add(null);
            }
            catch (EventStoreException refused)
            {
                transaction.Rollback("write");
                _outcomes.Add(refused);
            }
            catch (PostgresException refused) when (PostgresFailure.IsRefusal(refused))
            {
                transaction.Rollback("write");
                _outcomes.Add(PostgresFailure.Translate(_options, refused));
            }
        }

        if (_member is null)
        {
            transaction.Commit();
        }
        else if (!_line.TryCommit(_member))
        {
            RefuseAll(group);
        }
    }

    private void RefuseAll(List<StoreWrite> group)
    {
        var refusal = _guard.Refuse(_member!);
        _outcomes.Clear();
        _outcomes.AddRange(group.Select(write => write is Barrier ? null : refusal));
    }
}
