using System.Collections.Immutable;
using Akka.Cluster.Daemon;
using Akka.Cluster.Leading;
using Akka.Cluster.Lists;
using Akka.Coordination.Sql;
using Npgsql;

namespace Akka.Cluster.Stores;

/// <summary>The member list in PostgreSQL: one row a member, and one with the term and the version of it all.</summary>
internal sealed class PostgresMembershipStore : IMembershipStore
{
    /// <summary>Nodes that start together wait for each other; the lock ends with the transaction.</summary>
    private const string Create =
        """
        BEGIN;
        SELECT pg_advisory_xact_lock(1634429282);
        CREATE TABLE IF NOT EXISTS akka_cluster (
            one BOOLEAN PRIMARY KEY DEFAULT TRUE CHECK (one),
            id VARCHAR(64) NOT NULL,
            name VARCHAR(255) NOT NULL,
            epoch BIGINT NOT NULL,
            version BIGINT NOT NULL);
        CREATE TABLE IF NOT EXISTS akka_cluster_member (node VARCHAR(512) PRIMARY KEY, entry BYTEA NOT NULL);
        COMMIT;
        """;

    private readonly NpgsqlDataSource _source;
    private readonly string _cluster;
    private readonly PostgresLeaseTable _leases;

    internal PostgresMembershipStore(string connectionString, string cluster)
    {
        _cluster = cluster;
        _leases = new PostgresLeaseTable(connectionString);
        var builder = new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxPoolSize = 2,
            ApplicationName = "akka-cluster",
        };
        builder.Options ??= "-c statement_timeout=10000 -c lock_timeout=10000 -c tcp_user_timeout=10000";
        _source = NpgsqlDataSource.Create(builder.ConnectionString);
    }

    public ILeaseTable Leases => _leases;

    public async Task<StoreId> Open(CancellationToken cancel)
    {
        await using (var create = _source.CreateCommand(Create))
            await create.ExecuteNonQueryAsync(cancel).ConfigureAwait(false);
        await using (var insert = _source.CreateCommand(
            "INSERT INTO akka_cluster (id, name, epoch, version) VALUES ($1, $2, 0, 0) ON CONFLICT DO NOTHING"))
        {
            insert.Parameters.Add(new NpgsqlParameter { Value = Guid.NewGuid().ToString("N") });
            insert.Parameters.Add(new NpgsqlParameter { Value = MembershipStoreException.Nobody });
            await insert.ExecuteNonQueryAsync(cancel).ConfigureAwait(false);
        }

        await using var read = _source.CreateCommand("SELECT id, name FROM akka_cluster");
        await using var row = await read.ExecuteReaderAsync(cancel).ConfigureAwait(false);
        await row.ReadAsync(cancel).ConfigureAwait(false);
        var owner = row.GetString(1);
        return owner == _cluster || owner == MembershipStoreException.Nobody
            ? new StoreId(StoreKind.Database, row.GetString(0))
            : throw MembershipStoreException.OfAnother(owner, _cluster);
    }

    public Task<string?> FindLeader(TimeSpan lease, CancellationToken cancel) =>
        _leases.FindOwner(Candidacy.LeaseName, lease, cancel);

    public async Task<MemberList?> Claim(long epoch, CancellationToken cancel)
    {
        await using var claim = _source.CreateCommand(
            "UPDATE akka_cluster SET epoch = $1, name = $2 WHERE epoch <= $1 AND name IN ($2, $3) RETURNING version");
        foreach (var value in new object[] { epoch, _cluster, MembershipStoreException.Nobody })
            claim.Parameters.Add(new NpgsqlParameter { Value = value });
        if (await claim.ExecuteScalarAsync(cancel).ConfigureAwait(false) is not long version)
            return null;
        // Nobody of a term before can write any more: what is read now is what stays.
        await using var read = _source.CreateCommand("SELECT entry FROM akka_cluster_member");
        await using var rows = await read.ExecuteReaderAsync(cancel).ConfigureAwait(false);
        var entries = ImmutableArray.CreateBuilder<MemberEntry>();
        while (await rows.ReadAsync(cancel).ConfigureAwait(false))
            entries.Add(EntryBytes.Read((byte[])rows.GetValue(0)));
        return MemberList.Of(version, entries.ToImmutable());
    }

    public async Task<bool> Write(long epoch, ListChange change, CancellationToken cancel)
    {
        await using var write = _source.CreateCommand(
            """
            WITH fence AS (
                UPDATE akka_cluster SET version = $3 WHERE epoch = $1 AND version = $2 RETURNING 1),
            gone AS (
                DELETE FROM akka_cluster_member WHERE node = ANY($4) AND EXISTS (SELECT 1 FROM fence)),
            put AS (
                INSERT INTO akka_cluster_member (node, entry)
                SELECT n, e FROM unnest($5::text[], $6::bytea[]) AS new (n, e) WHERE EXISTS (SELECT 1 FROM fence)
                ON CONFLICT (node) DO UPDATE SET entry = EXCLUDED.entry)
            SELECT count(*) FROM fence
            """);
        object[] values =
        [
            epoch, change.From, change.To, change.Gone.Select(gone => gone.Node.ToText()).ToArray(),
            change.Put.Select(entry => entry.Node.ToText()).ToArray(), change.Put.Select(EntryBytes.Write).ToArray(),
        ];
        foreach (var value in values)
            write.Parameters.Add(new NpgsqlParameter { Value = value });
        return await write.ExecuteScalarAsync(cancel).ConfigureAwait(false) is 1L;
    }

    public void Dispose()
    {
        _source.Dispose();
        _leases.Dispose();
    }
}
