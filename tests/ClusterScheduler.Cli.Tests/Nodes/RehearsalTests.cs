using ClusterScheduler.Cli.Nodes.Cluster;

namespace ClusterScheduler.Cli.Tests.Nodes;

/// <summary>A node rehearses a takeover and leaves nothing behind.</summary>
public sealed class RehearsalTests : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("csched-rehearsal-");

    private string Place => Path.Combine(_home.FullName, "rehearsal");

    [Fact]
    public async Task It_goes_through_a_takeover_to_its_end()
    {
        // What a process left that was killed in the midst of it.
        Directory.CreateDirectory(Place);
        await File.WriteAllTextAsync(Path.Combine(Place, "journal.db"), "half of a file");

        Assert.True(await Rehearsal.Play(Place, CancellationToken.None) > TimeSpan.Zero);

        Assert.False(Directory.Exists(Place));
    }

    [Fact]
    public async Task It_ends_with_its_node()
    {
        using var ended = new CancellationTokenSource();
        var playing = Rehearsal.Play(Place, ended.Token);
        await ended.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => playing);

        Assert.False(Directory.Exists(Place));
    }

    public void Dispose() => _home.Delete(recursive: true);
}
