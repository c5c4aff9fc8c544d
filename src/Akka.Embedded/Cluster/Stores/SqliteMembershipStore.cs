using System.Collections.Immutable;
using Akka.Cluster.Daemon;
using Akka.Cluster.Leading;
using Akka.Cluster.Lists;
using Akka.Coordination.Sql;
using Microsoft.Data.Sqlite;

namespace Akka.Cluster.Stores;

/// <summary>The member list in a SQLite file, for nodes of one machine.</summary>
internal sealed class SqliteMembershipStore(string connectionString, string cluster) : IMembershipStore
{
    private const string Create =
        """
        CREATE TABLE IF NOT EXISTS akka_cluster (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            id TEXT NOT NULL,
            name TEXT NOT NULL,
            epoch INTEGER NOT NULL,
            version INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS akka_cluster_member (node TEXT PRIMARY KEY, entry BLOB NOT NULL);
        """;

    private readonly SqliteLeaseTable _leases = new(connectionString);

    public ILeaseTable Leases => _leases;

    public Task<StoreId> Open(CancellationToken cancel) => Run(
        (connection, transaction) =>
        {
            Execute(connection, transaction, Create);
            Execute(
                connection, transaction, "INSERT OR IGNORE INTO akka_cluster VALUES (1, $0, $1, 0, 0)",
                Guid.NewGuid().ToString("N"), MembershipStoreException.Nobody);
            using var read = Command(connection, transaction, "SELECT id, name FROM akka_cluster");
            using var row = read.ExecuteReader();
            row.Read();
            var owner = row.GetString(1);
            return owner == cluster || owner == MembershipStoreException.Nobody
                ? new StoreId(StoreKind.Database, row.GetString(0))
                : throw MembershipStoreException.OfAnother(owner, cluster);
        }, cancel);

    public Task<string?> FindLeader(TimeSpan lease, CancellationToken cancel) =>
        _leases.FindOwner(Candidacy.LeaseName, lease, cancel);

    public Task<MemberList?> Claim(long epoch, CancellationToken cancel) => Run(
        (connection, transaction) =>
        {
            using var claim = Command(
                connection, transaction,
                "UPDATE akka_cluster SET epoch = $0, name = $1 WHERE epoch <= $0 AND name IN ($1, $2) "
                + "RETURNING version",
                epoch, cluster, MembershipStoreException.Nobody);
            if (claim.ExecuteScalar() is not long version)
                return null;
            using var read = Command(connection, transaction, "SELECT entry FROM akka_cluster_member");
            using var rows = read.ExecuteReader();
            var entries = ImmutableArray.CreateBuilder<MemberEntry>();
            while (rows.Read())
                entries.Add(EntryBytes.Read((byte[])rows.GetValue(0)));
            return MemberList.Of(version, entries.ToImmutable());
        }, cancel);

    public Task<bool> Write(long epoch, ListChange change, CancellationToken cancel) => Run(
        (connection, transaction) =>
        {
            var written = Execute(
                connection, transaction, "UPDATE akka_cluster SET version = $2 WHERE epoch = $0 AND version = $1",
                epoch, change.From, change.To);
            if (written == 0)
                return false;
            foreach (var gone in change.Gone)
                Execute(
                    connection, transaction, "DELETE FROM akka_cluster_member WHERE node = $0", gone.Node.ToText());
            foreach (var entry in change.Put)
                Execute(
                    connection, transaction, "INSERT OR REPLACE INTO akka_cluster_member VALUES ($0, $1)",
                    entry.Node.ToText(), EntryBytes.Write(entry));
            return true;
        }, cancel);

    public void Dispose() => _leases.Dispose();

    private Task<T> Run<T>(Func<SqliteConnection, SqliteTransaction, T> work, CancellationToken cancel) =>
        SqliteTransactions.Run(connectionString, work, cancel);

    private static int Execute(
        SqliteConnection connection, SqliteTransaction transaction, string sql, params object[] values)
    {
        using var command = Command(connection, transaction, sql, values);
        return command.ExecuteNonQuery();
    }

    private static SqliteCommand Command(
        SqliteConnection connection, SqliteTransaction transaction, string sql, params object[] values)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue($"${i}", values[i]);
        return command;
    }
}
