using Akka.Persistence.Sql;
using Akka.Persistence.Sql.Sqlite;

namespace Akka.Embedded.Tests.Persistence;

public sealed class SqliteEventStoreTests : EventStoreConformance
{
    private readonly string _directory = Directory.CreateTempSubdirectory("event-store-").FullName;

    private string File => Path.Combine(_directory, "events.db");

    private protected override IEventStore OpenStore() => OpenAt(File);

    private protected override void CleanUp() => Directory.Delete(_directory, true);

    [Fact]
    public async Task A_directory_that_does_not_exist_is_named()
    {
        using var store = OpenAt(Path.Combine(_directory, "missing", "events.db"));

        await Fails(store, EventStoreTrouble.Unreachable, "missing/events.db", "directory must exist");
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_named_and_left_alone()
    {
        var text = string.Concat(Enumerable.Repeat("this is no database ", 100));
        await System.IO.File.WriteAllTextAsync(File, text);
        using var store = OpenAt(File);

        await Fails(store, EventStoreTrouble.NotADatabase, File, "is not a SQLite database");
        Assert.Equal(text, await System.IO.File.ReadAllTextAsync(File));
    }

    [Fact]
    public async Task A_store_of_a_newer_program_is_refused()
    {
        using (var newer = SqliteDatabase.Open(File, true, TimeSpan.FromSeconds(1)))
        {
            newer.Execute("PRAGMA user_version = 99");
        }

        using var store = OpenAt(File);

        await Fails(store, EventStoreTrouble.SchemaNewer, "version 99", "newer program");
    }

    [Fact]
    public async Task Missing_tables_are_refused_where_they_may_not_be_made()
    {
        using (SqliteDatabase.Open(File, true, TimeSpan.FromSeconds(1)))
        {
        }

        using var store = Open(new SqliteOptions(File, false, TimeSpan.FromSeconds(1), 100));

        await Fails(store, EventStoreTrouble.Refused, "auto-initialize");
    }

    [Fact]
    public async Task A_lock_that_is_not_let_go_is_an_error_and_the_store_recovers_from_it()
    {
        using var store = Open(new SqliteOptions(File, true, TimeSpan.FromMilliseconds(50), 100));
        await Append(store, Rows("p", 1, 1));
        using (var other = SqliteDatabase.Open(File, false, TimeSpan.FromSeconds(1)))
        {
            other.Execute("BEGIN IMMEDIATE");
            await Fails(store, EventStoreTrouble.Locked, File, "locked by another process");
            other.Execute("ROLLBACK");
        }

        await Append(store, Rows("p", 2, 1));
        Assert.Equal(2, await store.ReadHighestSequenceNr("p"));
    }

    [Fact]
    public async Task More_waiting_writes_than_the_limit_are_refused()
    {
        using var store = Open(new SqliteOptions(File, true, TimeSpan.FromSeconds(5), 10));
        using var other = SqliteDatabase.Open(File, true, TimeSpan.FromSeconds(1));
        await Append(store, Rows("p", 1, 1));
        other.Execute("BEGIN IMMEDIATE");
        var writes = Enumerable.Range(0, 100).Select(i => new Appending(Rows($"q{i}", 1, 1))).ToList();

        writes.ForEach(store.Submit);
        other.Execute("ROLLBACK");

        var outcomes = await Task.WhenAll(writes.Select(write => write.Outcome));
        Assert.Contains(outcomes, outcome => outcome is EventStoreException { Trouble: EventStoreTrouble.Overloaded });
        Assert.Contains(outcomes, outcome => outcome is null);
    }

    [Theory]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=x;Mode=Memory")]
    [InlineData("")]
    [InlineData("Nonsense=1")]
    public void Connection_strings_without_a_file_are_refused(string connectionString) =>
        Assert.Throws<EventStoreException>(() => SqliteOptions.Parse(connectionString, true, 10));

    private static SqliteEventStore OpenAt(string path) =>
        Open(new SqliteOptions(path, true, TimeSpan.FromSeconds(5), 100_000));

    private static SqliteEventStore Open(SqliteOptions options) => new(options, WriterGuard.None);

    private static async Task Fails(IEventStore store, EventStoreTrouble trouble, params string[] said)
    {
        var write = await Assert.ThrowsAsync<EventStoreException>(() => Append(store, Rows("x", 1, 1)));

        Assert.Equal(trouble, write.Trouble);
        Assert.All(said, part => Assert.Contains(part, write.Message, StringComparison.Ordinal));
    }
}
