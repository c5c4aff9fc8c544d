using Akka.Cluster.Stores;

namespace Akka.Persistence.Sql.Sqlite;

/// <summary>
/// The writer's line in the cluster's member list, where that is in this file. Whoever removes it writes too, and of
/// transactions that write there is one at a time.
/// </summary>
internal sealed class MemberLine(SqliteDatabase database, WriterGuard guard)
{
    private StoredMember? _member;
    private SqliteStatement? _find;

    /// <summary>Within a transaction that writes: why nothing may be written; null when it may.</summary>
    internal EventStoreException? FindRefusal()
    {
        if (guard.Member is { } member && member != _member)
        {
            _find = IsListHere(member.Store)
                ? database.Prepare("SELECT 1 FROM akka_cluster_member WHERE node = ?").Bind(1, member.Node)
                : null;
            _member = member;
            if (_find is null)
            {
                guard.NoteElsewhere($"The store '{database.Path}'");
            }
        }

        if (_find is null)
        {
            return null;
        }

        var isThere = _find.Step();
        _find.Reset();
        return isThere ? null : guard.Refuse(_member!);
    }

    private bool IsListHere(string store)
    {
        if (database.QueryNumber("SELECT count(*) FROM sqlite_master WHERE name = 'akka_cluster'") == 0)
        {
            return false;
        }

        var same = database.Prepare("SELECT 1 FROM akka_cluster WHERE id = ?").Bind(1, store);
        var isSame = same.Step();
        same.Reset();
        return isSame;
    }
}
