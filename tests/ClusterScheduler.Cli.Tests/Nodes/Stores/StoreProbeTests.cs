using ClusterScheduler.Cli.Commands;
using ClusterScheduler.Cli.Nodes.Stores;
using ClusterScheduler.Cli.Tests.Client;
using ClusterScheduler.Runtime.Stores;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ClusterScheduler.Cli.Tests.Nodes.Stores;

/// <summary>What a node says of a store that it cannot use.</summary>
public sealed class StoreProbeTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("csched-store-");

    private string Database => Path.Combine(_folder.FullName, "store.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_new_store_is_that_of_the_cluster_that_came_first()
    {
        await Claim("csched");
        await Claim("csched");
        var refused = await Assert.ThrowsAsync<UserException>(() => Check("other"));
        Assert.Equal(ExitCode.OtherClustersStore, refused.ExitCode);
        Assert.Contains("is that of the cluster 'csched'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_was_only_looked_at_has_nothing_in_it_and_is_for_whoever_joins()
    {
        await Check("wrong", shards: 50);
        Assert.Equal(0L, await Execute("SELECT count(*) FROM sqlite_master"));
        await Check("csched");
        await Claim("csched");
    }

    [Fact]
    public async Task One_that_a_newer_program_has_written_is_left_alone()
    {
        await Claim("csched");
        await Execute("UPDATE csched_store SET value = '99' WHERE part = 'layout'");

        var refused = await Assert.ThrowsAsync<UserException>(() => Check("csched"));
        Assert.Equal(ExitCode.StoreNewer, refused.ExitCode);
        Assert.Contains("a newer csched has written it", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_an_older_program_has_written_is_marked_as_this_ones_from_now_on()
    {
        await Claim("csched");
        await Execute("UPDATE csched_store SET value = '0' WHERE part = 'layout'");

        await Claim("csched");

        Assert.Equal(
            $"{StoreProbe.Layout}", await Execute("SELECT value FROM csched_store WHERE part = 'layout'"));
    }

    [Theory]
    [InlineData("sqlite:/nowhere/store.db", "cannot be opened or made")]
    [InlineData("postgresql://csched@127.0.0.1:1/csched", "cannot be connected to: Connection refused")]
    public async Task One_that_is_not_there_is_waited_for_and_then_named(string url, string why)
    {
        var refused = await Assert.ThrowsAsync<UserException>(() => Check("csched", url));
        Assert.Equal(ExitCode.StoreUnreachable, refused.ExitCode);
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_no_PostgreSQL_is_said_to_be_none()
    {
        using var server = new StubServer(StubServer.Html("400 Bad Request"));
        var refused = await Assert.ThrowsAsync<UserException>(
            () => Check("csched", $"postgresql://csched@127.0.0.1:{server.Port}/csched"));
        Assert.Contains("what listens there is no PostgreSQL server", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FATAL", "does not let this user connect: permission denied")]
    [InlineData("ERROR", "does not let this user make tables: permission denied")]
    public void A_right_that_is_missing_is_named(string severity, string why)
    {
        var explained = StoreTrouble.Explain(
            Store("postgresql://csched@127.0.0.1:1/csched"),
            new PostgresException("permission denied", severity, severity, PostgresErrorCodes.InsufficientPrivilege));
        Assert.Equal(ExitCode.StoreDenied, Assert.IsType<UserException>(explained).ExitCode);
        Assert.Contains(why, explained.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_number_of_shards_is_that_with_which_the_store_was_begun()
    {
        await Claim("csched");
        var refused = await Assert.ThrowsAsync<UserException>(() => Check("csched", shards: 50));
        Assert.Equal(ExitCode.WrongInput, refused.ExitCode);
        Assert.Contains("shards = 100, and this node has 50", refused.Message, StringComparison.Ordinal);
        await Check("csched");
    }

    private async Task<object?> Execute(string statement)
    {
        await using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        return await command.ExecuteScalarAsync();
    }

    private Task Check(string cluster, string? url = null, int shards = 100) => StoreProbe.Check(
        Store(url ?? $"sqlite:{Database}"), cluster, shards, TimeSpan.Zero, _ => { }, CancellationToken.None);

    private Task Claim(string cluster) => StoreProbe.Claim(
        Store($"sqlite:{Database}"), cluster, 100, TimeSpan.Zero, _ => { }, CancellationToken.None);

    private StoreAddress Store(string url)
    {
        Assert.True(StoreAddress.TryParse(url, _folder.FullName, out var store, out _));
        return store!;
    }
}
