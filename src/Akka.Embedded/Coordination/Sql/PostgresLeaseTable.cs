using Npgsql;

namespace Akka.Coordination.Sql;

/// <summary>Leases in PostgreSQL. The database's clock alone says what has expired.</summary>
internal sealed class PostgresLeaseTable : ILeaseTable
{
    /// <summary>Nodes that start together wait for each other; the lock ends with the transaction.</summary>
    private const string Create =
        """
        BEGIN;
        SELECT pg_advisory_xact_lock(1634429281);
        CREATE TABLE IF NOT EXISTS akka_lease (
            name VARCHAR(255) PRIMARY KEY,
            owner VARCHAR(255) NOT NULL,
            epoch BIGINT NOT NULL,
            expires_at TIMESTAMPTZ NOT NULL);
        COMMIT;
        """;

    private readonly NpgsqlDataSource _source;
    private volatile bool _isCreated;

    public PostgresLeaseTable(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString)
        {
            // One is kept, however seldom it is needed.
            MinPoolSize = 1,
            MaxPoolSize = 2,
            ApplicationName = "akka-lease",
        };
        builder.Options ??= "-c statement_timeout=10000 -c lock_timeout=10000 -c tcp_user_timeout=10000";
        _source = NpgsqlDataSource.Create(builder.ConnectionString);
    }

    public async Task<long?> TryAcquire(string name, string owner, TimeSpan duration, CancellationToken cancel) =>
        await Run(
            """
            INSERT INTO akka_lease AS held (name, owner, epoch, expires_at)
            VALUES ($1, $2, 1, clock_timestamp() + $3)
            ON CONFLICT (name) DO UPDATE
            SET (owner, epoch, expires_at) = (
                SELECT CASE WHEN is_free THEN $2 ELSE held.owner END,
                    CASE WHEN is_free THEN held.epoch + 1 ELSE held.epoch END,
                    clock_timestamp() + CASE WHEN is_free THEN $3 ELSE 2 * $3 END
                FROM (SELECT held.owner = $2 OR held.expires_at < clock_timestamp()) AS state (is_free))
            WHERE held.owner = $2 OR held.expires_at NOT BETWEEN clock_timestamp() AND clock_timestamp() + 2 * $3
            RETURNING CASE WHEN owner = $2 THEN epoch END
            """,
            cancel, name, owner, duration).ConfigureAwait(false) as long?;

    public async Task<bool> TryRenew(string name, long epoch, TimeSpan duration, CancellationToken cancel) =>
        await Run(
            "UPDATE akka_lease SET expires_at = clock_timestamp() + $3 WHERE name = $1 AND epoch = $2 RETURNING epoch",
            cancel, name, epoch, duration).ConfigureAwait(false) is long;

    public async Task<string?> FindOwner(string name, TimeSpan duration, CancellationToken cancel) => await Run(
        """
        SELECT owner FROM akka_lease
        WHERE name = $1 AND expires_at BETWEEN clock_timestamp() AND clock_timestamp() + 2 * $2
        """,
        cancel, name, duration).ConfigureAwait(false) as string;

    public Task Release(string name, long epoch, CancellationToken cancel) => Run(
        "UPDATE akka_lease SET expires_at = '-infinity' WHERE name = $1 AND epoch = $2", cancel, name, epoch);

    public void Dispose() => _source.Dispose();

    private async Task<object?> Run(string sql, CancellationToken cancel, params object[] values)
    {
        await using var connection = await _source.OpenConnectionAsync(cancel).ConfigureAwait(false);
        if (!_isCreated)
        {
            await CreateTable(connection, cancel).ConfigureAwait(false);
            _isCreated = true;
        }

        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return await command.ExecuteScalarAsync(cancel).ConfigureAwait(false);
    }

    private static async Task CreateTable(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var exists = new NpgsqlCommand("SELECT to_regclass('akka_lease') IS NOT NULL", connection);
        if (await exists.ExecuteScalarAsync(cancel).ConfigureAwait(false) is not true)
        {
            await using var create = new NpgsqlCommand(Create, connection);
            await create.ExecuteNonQueryAsync(cancel).ConfigureAwait(false);
        }
    }
}
