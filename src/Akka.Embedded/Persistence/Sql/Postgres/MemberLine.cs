using Akka.Cluster.Stores;
using Npgsql;

namespace Akka.Persistence.Sql.Postgres;

/// <summary>
/// The writer's line in the cluster's member list, where that is in this database. A transaction that writes holds it
/// with the weakest lock there is: changes of the member's status pass, but its removal waits for the transaction, or
/// the transaction finds the line gone.
/// </summary>
internal sealed class MemberLine(NpgsqlConnection connection, string store, WriterGuard guard)
{
    private StoredMember? _member;
    private bool _isHere;

    /// <summary>Finds and locks the line of the node that the parameter names.</summary>
    internal static string Lock(string parameter) =>
        $"SELECT FROM akka_cluster_member WHERE node = {parameter} FOR KEY SHARE";

    /// <summary>Whose line it is; null where there is none to look at.</summary>
    internal StoredMember? Find()
    {
        if (guard.Member is { } member && member != _member)
        {
            _isHere = IsListHere(member.Store);
            _member = member;
            if (!_isHere)
            {
                guard.NoteElsewhere(store);
            }
        }

        return _isHere ? _member : null;
    }

    /// <summary>
    /// Both statements in one message: a process that is frozen in between would hold the line against its removal.
    /// </summary>
    /// <returns>False: the line is gone, and so is what the transaction wrote.</returns>
    internal bool TryCommit(StoredMember member)
    {
        using var batch = new NpgsqlBatch(connection);
        // A division by nothing is an error, and after an error nothing is committed.
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            $"SELECT 1 / count(*) FROM ({Lock("$1")}) AS writer")
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = member.Node } },
        });
        batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
        try
        {
            batch.ExecuteNonQuery();
            return true;
        }
        catch (PostgresException gone) when (gone.SqlState == PostgresErrorCodes.DivisionByZero)
        {
            return false;
        }
    }

    private bool IsListHere(string id)
    {
        using var exists = new NpgsqlCommand("SELECT to_regclass('akka_cluster') IS NOT NULL", connection);
        if (exists.ExecuteScalar() is not true)
        {
            return false;
        }

        using var known = new NpgsqlCommand("SELECT id FROM akka_cluster", connection);
        return known.ExecuteScalar() as string == id;
    }
}
