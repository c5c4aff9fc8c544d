using Akka.Cluster.Stores;
using Akka.Contract.Tests.Databases;
using Akka.Embedded.Tests.Clustering;
using Akka.Persistence.Sql;
using Akka.Persistence.Sql.Postgres;
using Npgsql;

namespace Akka.Embedded.Tests.Persistence;

[NeedsPostgres]
public sealed class PostgresRemovedWriterTests : RemovedWriterConformance
{
    private readonly string _connectionString =
        PostgresCluster.IsInstalled ? PostgresCluster.Shared.CreateDatabase() : "";

    private protected override IMembershipStore OpenMembers() => new PostgresMembershipStore(_connectionString, "sys");

    private protected override IEventStore OpenEvents(WriterGuard guard) =>
        new PostgresEventStore(PostgresOptions.Parse(_connectionString, true, 100_000), guard);

    private protected override Task CleanUp() => Task.CompletedTask;

    [StoreFact]
    public Task A_write_that_comes_while_the_removal_is_stored_waits_and_is_refused() => ComesDuringRemoval();

    [StoreFact]
    public Task So_does_one_that_takes_more_than_one_statement() => ComesDuringRemoval("tag");

    [StoreFact]
    public async Task A_removal_waits_for_the_write_that_is_under_way()
    {
        var former = await Enter(1);
        await Write(former, "other", 1);
        await using var blocker = await Connect();
        await Run(blocker, "BEGIN");
        await Run(
            blocker,
            "INSERT INTO journal (created, deleted, persistence_id, sequence_number, message, identifier) "
            + "VALUES (1, false, 'p', 1, '', 1)");
        var write = new Appending("p", 1);
        former.Submit(write);
        await WhenWaiting(1);

        var removal = Remove(1);
        await WhenWaiting(2);
        Assert.False(removal.IsCompleted);
        await Run(blocker, "ROLLBACK");

        Assert.Null(await write.Outcome);
        await removal;
        Assert.Equal(1, await former.ReadHighestSequenceNr("p"));
        await IsRefused(former, new Appending("p", 2));
    }

    [StoreFact]
    public async Task A_removal_that_was_not_stored_after_all_refuses_nothing()
    {
        var member = await Enter(1);
        await using var blocker = await Connect();
        await Run(blocker, "BEGIN");
        await Run(blocker, $"DELETE FROM akka_cluster_member WHERE node = '{Node(1).ToText()}'");
        var write = new Appending("p", 1);
        member.Submit(write);
        await WhenWaiting(1);

        await Run(blocker, "ROLLBACK");

        Assert.Null(await write.Outcome);
    }

    private async Task ComesDuringRemoval(params string[] tags)
    {
        var former = await Enter(1);
        await using var leader = await Connect();
        await Run(leader, "BEGIN");
        await Run(leader, $"DELETE FROM akka_cluster_member WHERE node = '{Node(1).ToText()}'");
        var write = new Appending("p", 1, tags);
        former.Submit(write);
        await WhenWaiting(1);

        await Run(leader, "COMMIT");

        await IsRefused(write);
        Assert.Equal(0, await former.ReadHighestSequenceNr("p"));
    }

    private async Task<NpgsqlConnection> Connect()
    {
        var connection = new NpgsqlConnection(_connectionString + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>So many wait for a lock. A transaction sees who waits only as it was at its first look.</summary>
    private async Task WhenWaiting(int count)
    {
        await using var watcher = await Connect();
        await using var command = new NpgsqlCommand(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
            watcher);
        await ClusterNode.When(
            () => command.ExecuteScalar() is long waiting && waiting == count, () => $"{count} to wait for a lock");
    }

    private static async Task Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
