using ClusterScheduler.Cli.Commands;
using ClusterScheduler.Cli.Nodes.Stores;
using ClusterScheduler.Runtime.Stores;
using Microsoft.Data.Sqlite;

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
        await Check("csched");
        await Check("csched");
        var refused = await Assert.ThrowsAsync<UserException>(() => Check("other"));
        Assert.Equal(ExitCode.OtherClustersStore, refused.ExitCode);
        Assert.Contains("is that of the cluster 'csched'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_a_newer_program_has_written_is_left_alone()
    {
        await Check("csched");
        await Execute("UPDATE csched_store SET value = '99' WHERE part = 'layout'");

        var refused = await Assert.ThrowsAsync<UserException>(() => Check("csched"));
        Assert.Equal(ExitCode.StoreNewer, refused.ExitCode);
        Assert.Contains("a newer csched has written it", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_an_older_program_has_written_is_marked_as_this_ones_from_now_on()
    {
        await Check("csched");
        await Execute("UPDATE csched_store SET value = '0' WHERE part = 'layout'");

        await Check("csched");

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
    public async Task The_number_of_shards_is_that_with_which_the_store_was_begun()
    {
        await Check("csched");
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

    private Task Check(string cluster, string? url = null, int shards = 100)
    {
        Assert.True(StoreAddress.TryParse(url ?? $"sqlite:{Database}", _folder.FullName, out var store, out _));
        return StoreProbe.Check(store!, cluster, shards, TimeSpan.Zero, _ => { }, CancellationToken.None);
    }
}
