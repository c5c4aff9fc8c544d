using Akka.Contract.Tests.Databases;
using Akka.Persistence.Sql;
using Akka.Persistence.Sql.Postgres;
using Npgsql;

namespace Akka.Embedded.Tests.Persistence;

[NeedsPostgres]
public sealed class PostgresEventStoreTests : EventStoreConformance
{
    private readonly string _connectionString =
        PostgresCluster.IsInstalled ? PostgresCluster.Shared.CreateDatabase() : "";

    private protected override IEventStore OpenStore() => OpenAt(_connectionString);

    private protected override void CleanUp()
    {
    }

    [StoreFact]
    public async Task A_server_that_is_not_there_is_named()
    {
        using var store = OpenAt("Host=127.0.0.1;Port=1;Database=x;Username=y;Password=secret");

        await Fails(store, EventStoreTrouble.Unreachable, "127.0.0.1:1/x", "cannot be connected to");
    }

    [StoreFact]
    public async Task A_wrong_user_is_named_without_the_password()
    {
        using var store = OpenAt(PostgresCluster.Shared.ConnectionString("postgres", "nobody") + ";Password=secret");

        await Fails(store, EventStoreTrouble.Unreachable, "refuses the user name or the password");
    }

    [StoreFact]
    public async Task A_database_that_does_not_exist_is_named()
    {
        using var store = OpenAt(PostgresCluster.Shared.ConnectionString("missing"));

        await Fails(store, EventStoreTrouble.Unreachable, "/missing", "createdb");
    }

    [StoreFact]
    public async Task A_store_of_a_newer_program_is_refused()
    {
        await Append(Open(), Rows("p", 1, 1));
        await Run("UPDATE akka_embedded_schema SET version = 99");

        await Fails(Open(), EventStoreTrouble.SchemaNewer, "version 99", "newer program");
    }

    [StoreFact]
    public async Task Nodes_that_start_together_make_the_tables_once()
    {
        var stores = Enumerable.Range(0, 6).Select(_ => Open()).ToList();

        await Task.WhenAll(stores.Select((store, i) => Append(store, Rows($"p{i}", 1, 1))));

        Assert.Equal(1, await Open().ReadHighestSequenceNr("p5"));
    }

    [StoreFact]
    public async Task A_write_that_the_server_refuses_fails_alone()
    {
        var store = Open();
        var writes = Enumerable.Range(0, 50)
            .Select(i => new Appending(Rows(i == 25 ? new string('x', 300) : $"p{i}", 1, 1)))
            .ToList();

        writes.ForEach(store.Submit);

        var outcomes = await Task.WhenAll(writes.Select(write => write.Outcome));
        Assert.Equal(25, Assert.Single(outcomes.Index(), outcome => outcome.Item is not null).Index);
    }

    [StoreFact]
    public async Task A_connection_that_was_lost_is_made_again()
    {
        var store = Open();
        await Append(store, Rows("p", 1, 1));
        await Run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
                  + "AND datname = current_database()");

        await Assert.ThrowsAsync<EventStoreException>(() => Append(store, Rows("p", 2, 1)));
        await Append(store, Rows("p", 2, 1));

        Assert.Equal(2, await store.ReadHighestSequenceNr("p"));
    }

    [Theory]
    [InlineData("Database=x")]
    [InlineData("Nonsense=1")]
    public void Connection_strings_without_a_server_are_refused(string connectionString) =>
        Assert.Throws<EventStoreException>(() => PostgresOptions.Parse(connectionString, true, 10));

    private static PostgresEventStore OpenAt(string connectionString) =>
        new(PostgresOptions.Parse(connectionString, true, 100_000), WriterGuard.None);

    private async Task Run(string sql)
    {
        await using var connection = new NpgsqlConnection(_connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task Fails(IEventStore store, EventStoreTrouble trouble, params string[] said)
    {
        var write = await Assert.ThrowsAsync<EventStoreException>(() => Append(store, Rows("x", 1, 1)));
        var read = await Assert.ThrowsAsync<EventStoreException>(() => store.ReadHighestSequenceNr("x"));

        Assert.Equal((trouble, trouble), (write.Trouble, read.Trouble));
        Assert.All(said, part => Assert.Contains(part, write.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("secret", write.Message, StringComparison.Ordinal);
    }
}
