using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using ClusterScheduler.Cli.Commands;
using ClusterScheduler.Runtime.Stores;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ClusterScheduler.Cli.Nodes.Stores;

/// <summary>
/// Looks at the store before anything is started on it: whether it is there and lets this node in, is new enough, was
/// not written by a newer program, and is this cluster's. A store that is new is marked as this cluster's once the node
/// is a member: one that is not let in leaves no mark.
/// </summary>
internal static class StoreProbe
{
    /// <summary>
    /// Raised with every change of what is stored that an older program could not read, whoever stores it.
    /// </summary>
    public const int Layout = 1;

    public const int PostgresVersionMin = 15;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Tries what <see cref="Claim"/> does, and leaves nothing in the store. One that is only not there yet is waited
    /// for.
    /// </summary>
    /// <param name="store">Where it is.</param>
    /// <param name="cluster">The cluster's name.</param>
    /// <param name="shards">Into how many parts its frameworks and tasks are divided.</param>
    /// <param name="patience">How long it is waited for.</param>
    /// <param name="waiting">Told once, when it is waited for, why.</param>
    /// <param name="interrupted">Ends the waiting.</param>
    /// <exception cref="UserException">The store cannot be used.</exception>
    public static Task Check(
        StoreAddress store, string cluster, int shards, TimeSpan patience, Action<string> waiting,
        CancellationToken interrupted) =>
        Patiently(
            () => Look(store, cluster, shards, isClaimed: false, interrupted), patience, waiting, interrupted);

    /// <summary>Checks once more, and marks the store as this cluster's.</summary>
    /// <inheritdoc cref="Check"/>
    public static Task Claim(
        StoreAddress store, string cluster, int shards, TimeSpan patience, Action<string> waiting,
        CancellationToken interrupted) =>
        Patiently(
            () => Look(store, cluster, shards, isClaimed: true, interrupted), patience, waiting, interrupted);

    private static async Task Patiently(
        Func<Task> look, TimeSpan patience, Action<string> waiting, CancellationToken interrupted)
    {
        var since = Stopwatch.StartNew();
        var isTold = false;
        while (true)
        {
            try
            {
                await look();
                return;
            }
            catch (StoreNotThereException away) when (away.MayCome && since.Elapsed < patience)
            {
                if (!isTold)
                {
                    isTold = true;
                    waiting(away.Message);
                }
            }
            catch (StoreNotThereException away)
            {
                throw new UserException(away.Message, ExitCode.StoreUnreachable);
            }

            await Task.Delay(Pause, interrupted);
        }
    }

    private static async Task Look(
        StoreAddress store, string cluster, int shards, bool isClaimed, CancellationToken interrupted)
    {
        try
        {
            await using var connection = Connection(store);
            await connection.OpenAsync(interrupted);
            if (connection is NpgsqlConnection { PostgreSqlVersion: { Major: < PostgresVersionMin } old })
            {
                throw new UserException(
                    $"the store ({store.Display}) is PostgreSQL {old}; it must be {PostgresVersionMin} or newer",
                    ExitCode.StoreTooOld);
            }

            try
            {
                await Mark();
            }
            catch (PostgresException made) when (made.SqlState
                is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DuplicateTable)
            {
                // Two nodes that start at once on a new server may both make the table; the second finds it made.
                await Mark();
            }

            async Task Mark()
            {
                await using var transaction = await connection.BeginTransactionAsync(interrupted);
                await StoreMark.Check(connection, store, cluster, interrupted);
                await StoreMark.CheckShards(connection, store, shards, interrupted);
                await (isClaimed ? transaction.CommitAsync(interrupted) : transaction.RollbackAsync(interrupted));
            }
        }
        catch (Exception wrong) when (wrong is DbException or TimeoutException or IOException)
        {
            throw StoreTrouble.Explain(store, wrong);
        }
    }

    private static DbConnection Connection(StoreAddress store)
    {
        try
        {
            return store.Kind == StoreKind.Sqlite
                ? new SqliteConnection(new SqliteConnectionStringBuilder(store.Connection)
                {
                    Pooling = false, DefaultTimeout = 5,
                }.ConnectionString)
                : new NpgsqlConnection(new NpgsqlConnectionStringBuilder(store.Connection)
                {
                    Pooling = false, Timeout = 5, CommandTimeout = 10, ApplicationName = "csched",
                }.ConnectionString);
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or InvalidCastException
            or KeyNotFoundException)
        {
            throw new UserException(
                $"cluster-scheduler.store.url is not understood by the database's driver: {wrong.Message}",
                ExitCode.WrongInput);
        }
    }

    /// <summary>What of the store is this program's own: whose it is, and how new.</summary>
    private static class StoreMark
    {
        private const string Create =
            "CREATE TABLE IF NOT EXISTS csched_store (part VARCHAR(64) PRIMARY KEY, value VARCHAR(255) NOT NULL)";

        public static async Task Check(
            DbConnection connection, StoreAddress store, string cluster, CancellationToken interrupted)
        {
            var layout = Layout.ToString(CultureInfo.InvariantCulture);
            await Run(connection, Create, [], interrupted);
            var owner = await Keep(connection, "cluster", cluster, interrupted);
            var written = await Keep(connection, "layout", layout, interrupted);
            if (int.Parse(written, CultureInfo.InvariantCulture) > Layout)
            {
                throw new UserException(
                    $"the store ({store.Display}) has layout {written} and this program knows layouts up to {layout}: "
                    + "a newer csched has written it. Use that one.",
                    ExitCode.StoreNewer);
            }

            if (owner != cluster)
            {
                throw new UserException(
                    $"the store ({store.Display}) is that of the cluster '{owner}', and this node belongs to "
                    + $"'{cluster}'. Each cluster has a store of its own: change cluster-scheduler.store.url, or "
                    + "cluster-scheduler.cluster.name.",
                    ExitCode.OtherClustersStore);
            }

            if (written != layout)
            {
                // From now on an older program is told so, not surprised.
                await Run(connection,
                    "UPDATE csched_store SET value = @value WHERE part = 'layout' AND value = @written",
                    [("value", layout), ("written", written)], interrupted);
            }
        }

        /// <summary>With another number the same entity would be in another shard, and run twice.</summary>
        public static async Task CheckShards(
            DbConnection connection, StoreAddress store, int shards, CancellationToken interrupted)
        {
            var own = shards.ToString(CultureInfo.InvariantCulture);
            var kept = await Keep(connection, "shards", own, interrupted);
            if (kept != own)
            {
                throw new UserException(
                    $"the cluster of the store ({store.Display}) was begun with cluster-scheduler.cluster.shards = "
                    + $"{kept}, and this node has {own}. The number is the same on all nodes, for ever.",
                    ExitCode.WrongInput);
            }
        }

        /// <summary>What is there; the given value when nothing was.</summary>
        private static async Task<string> Keep(
            DbConnection connection, string part, string value, CancellationToken interrupted)
        {
            await Run(connection,
                "INSERT INTO csched_store (part, value) VALUES (@part, @value) ON CONFLICT (part) DO NOTHING",
                [("part", part), ("value", value)], interrupted);
            return (string)(await Run(connection,
                "SELECT value FROM csched_store WHERE part = @part", [("part", part)], interrupted))!;
        }

        private static async Task<object?> Run(
            DbConnection connection, string sql, (string Name, string Value)[] values, CancellationToken interrupted)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, value) in values)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = name;
                parameter.Value = value;
                command.Parameters.Add(parameter);
            }

            return await command.ExecuteScalarAsync(interrupted);
        }
    }
}
