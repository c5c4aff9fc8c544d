using ClusterScheduler.Cli.Commands;
using ClusterScheduler.Cli.Nodes;
using ClusterScheduler.Cli.Nodes.Cluster;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Protocol;

namespace ClusterScheduler.Cli.Tests.Nodes;

/// <summary>What a node looks at before it works for the cluster that it has found.</summary>
public sealed class BelongingTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan SkewMax = TimeSpan.FromSeconds(30);

    private readonly DataDirectory _directory =
        DataDirectory.Take(Directory.CreateTempSubdirectory("csched-belonging").FullName);

    public void Dispose()
    {
        _directory.Dispose();
        Directory.Delete(_directory.Path, recursive: true);
    }

    [Fact]
    public void A_fresh_directory_is_the_clusters_from_then_on()
    {
        Check("one", Now);
        Check("one", Now);

        Assert.Equal(ExitCode.OtherClustersDirectory, Assert.Throws<UserException>(() => Check("two", Now)).ExitCode);
    }

    [Theory]
    [InlineData(-600)]
    [InlineData(600)]
    public void A_clock_that_is_off_is_said_and_the_directory_stays_as_it_was(int seconds)
    {
        var wrong = Assert.Throws<UserException>(() => Check("one", Now.AddSeconds(seconds)));

        Assert.Equal(ExitCode.ClockOff, wrong.ExitCode);
        Assert.Contains("600 s off", wrong.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_directory.Inside("cluster-id")));
    }

    private void Check(string cluster, DateTimeOffset clock) => Belonging.Check(
        new MasterProtocol.MasterIdentity(cluster, new MasterEpoch(1), clock), Now, SkewMax, _directory);
}
