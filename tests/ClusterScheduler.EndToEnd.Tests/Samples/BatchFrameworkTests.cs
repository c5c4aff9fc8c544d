using BatchFramework;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Tasks;
using ClusterScheduler.EndToEnd.Tests.Harness;
using ClusterScheduler.Sdk;

namespace ClusterScheduler.EndToEnd.Tests.Samples;

/// <summary>The sample framework over real agents: its lines are run by real shells.</summary>
public sealed class BatchFrameworkTests
{
    [Fact]
    public async Task A_batch_runs_to_its_end_and_each_end_is_the_true_one()
    {
        using var cluster = new LocalCluster(agents: 2);
        using var results = new Workspace();
        var settings = new SchedulerSettings(new("batch-1"), new FrameworkInfo("batch", "nobody", ["batch"]));

        var ends = await BatchScheduler.Run(
            cluster.System,
            settings,
            [
                .. Enumerable.Range(0, 10).Select(line => $"echo {line} >> {results.Inside("lines")}"),
                "exit 7",
                "kill -9 $$",
            ]).WaitAsync(Csched.Patience);

        Assert.All(ends[..10], static end => Assert.Equal(TaskState.Finished, end.State));
        Assert.Equal((TaskState.Failed, 7), (ends[10].State, ends[10].Evidence?.ExitCode));
        Assert.Equal((TaskState.Failed, 9), (ends[11].State, ends[11].Evidence?.Signal));
        Assert.Equal(
            Enumerable.Range(0, 10), results.Lines("lines").Select(int.Parse).Order());
    }
}
