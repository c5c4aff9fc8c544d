using System.Diagnostics;

namespace Akka.Coordination.Sql;

/// <summary>
/// Leases in a SQLite file, between processes of one machine. The machine's monotonic clock says what has expired,
/// together with its boot id: after a restart of the machine no holder is left, and the clock begins anew. (Where
/// there is no boot id, the clock alone shows it: it was set back.)
/// </summary>
internal sealed class SqliteLeaseTable(string connectionString) : ILeaseTable
{
    private const string Create =
        """
        CREATE TABLE IF NOT EXISTS akka_lease (
            name TEXT NOT NULL PRIMARY KEY,
            owner TEXT NOT NULL,
            epoch INTEGER NOT NULL,
            boot_id TEXT NOT NULL,
            expires_at INTEGER NOT NULL);
        """;

    private static readonly string s_bootId = File.Exists("/proc/sys/kernel/random/boot_id")
        ? File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim()
        : "";

    private volatile bool _isCreated;

    /// <summary>Milliseconds of a clock that no one sets, the same in all processes of the machine.</summary>
    private static long Now => (long)(Stopwatch.GetTimestamp() * 1000.0 / Stopwatch.Frequency);

    public async Task<long?> TryAcquire(string name, string owner, TimeSpan duration, CancellationToken cancel) =>
        await Run(
        """
        INSERT INTO akka_lease AS held (name, owner, epoch, boot_id, expires_at)
        VALUES ($name, $owner, 1, $boot, $now + $duration)
        ON CONFLICT (name) DO UPDATE
        SET owner = iif($free, $owner, held.owner), epoch = held.epoch + $free, boot_id = $boot,
            expires_at = $now + iif($free, $duration, 2 * $duration)
        WHERE held.owner = $owner OR held.boot_id <> $boot OR held.expires_at NOT BETWEEN $now AND $now + 2 * $duration
        RETURNING iif(owner = $owner, epoch, NULL)
        """.Replace(
            "$free", "(held.owner = $owner OR held.boot_id <> $boot OR held.expires_at < $now)",
            StringComparison.Ordinal),
        name, 0, owner, duration, cancel).ConfigureAwait(false) as long?;

    public async Task<bool> TryRenew(string name, long epoch, TimeSpan duration, CancellationToken cancel) =>
        await Run(
            "UPDATE akka_lease SET expires_at = $now + $duration WHERE name = $name AND epoch = $epoch RETURNING epoch",
            name, epoch, "", duration, cancel).ConfigureAwait(false) is not null;

    public async Task<string?> FindOwner(string name, TimeSpan duration, CancellationToken cancel) => await Run(
        """
        SELECT owner FROM akka_lease
        WHERE name = $name AND boot_id = $boot AND expires_at BETWEEN $now AND $now + 2 * $duration
        """,
        name, 0, "", duration, cancel).ConfigureAwait(false) as string;

    public Task Release(string name, long epoch, CancellationToken cancel) => Run(
        "UPDATE akka_lease SET expires_at = -1 WHERE name = $name AND epoch = $epoch RETURNING epoch",
        name, epoch, "", TimeSpan.Zero, cancel);

    public void Dispose()
    {
        // Connections are opened for one statement each.
    }

    private async Task<object?> Run(
        string sql, string name, long epoch, string owner, TimeSpan duration, CancellationToken cancel)
    {
        var answer = await SqliteTransactions.Run(
            connectionString,
            (connection, transaction) =>
            {
                using var command = connection.CreateCommand();
                command.Transaction = transaction;
                if (!_isCreated)
                {
                    command.CommandText = Create;
                    command.ExecuteNonQuery();
                }

                command.CommandText = sql;
                command.Parameters.AddWithValue("$name", name);
                command.Parameters.AddWithValue("$epoch", epoch);
                command.Parameters.AddWithValue("$owner", owner);
                command.Parameters.AddWithValue("$boot", s_bootId);
                command.Parameters.AddWithValue("$duration", (long)duration.TotalMilliseconds);
                command.Parameters.AddWithValue("$now", Now);
                return command.ExecuteScalar();
            }, cancel).ConfigureAwait(false);
        _isCreated = true;
        return answer;
    }
}
