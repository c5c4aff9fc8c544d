using ClusterScheduler.Agent.Execution;
using ClusterScheduler.Agent.Oversubscription;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Agent.Tests.Oversubscription;

/// <summary>Process tables as they were read, one a look, 10 seconds apart.</summary>
public sealed class UsageMeterTests
{
    private static readonly TaskKey Web = Key("web"), Batch = Key("batch");

    private readonly UsageMeter _meter = new();
    private int _looks;

    [Fact]
    public void A_task_is_its_whole_tree_and_whatever_else_was_started_in_its_sandbox()
    {
        Look(P(1, 0), P(10, 1, 0, sandbox: "/web"), P(11, 10, 0), P(12, 11, 0), P(20, 1, 0, sandbox: "/batch"));
        var usages = Look(
            P(1, 0, own: 9000), P(10, 1, 100, sandbox: "/web"), P(11, 10, 200), P(12, 11, 300, mem: 2048),
            P(13, 1, 400, sandbox: "/web", mem: 1024), P(20, 1, 50, sandbox: "/batch"), P(30, 1, 7000));

        // 1000 ticks are 10 s of processor time in 10 s.
        Assert.Equal(
            [new(Batch, Scalar.Of(0.05), Scalar.Zero), new(Web, Scalar.Of(1), Scalar.Of(3))], usages);
    }

    [Fact]
    public void The_first_look_at_a_task_tells_no_rate()
    {
        Assert.Empty(Look(P(10, 1, 500, sandbox: "/web")));
        Assert.Equal(Scalar.Zero, Look(P(10, 1, 500, sandbox: "/web"))[1].Cpus);
    }

    [Fact]
    public void A_child_that_ended_counts_once_through_its_parent()
    {
        Look(P(10, 1, 100, sandbox: "/web"), P(11, 10, 700));
        var usages = Look(P(10, 1, 100, reaped: 900, sandbox: "/web"));
        Assert.Equal(Scalar.Of(0.2), usages[1].Cpus);
    }

    [Fact]
    public void When_a_tree_has_ended_the_next_run_counts_and_nothing_is_negative()
    {
        Look(P(10, 1, 90_000, sandbox: "/web"));
        Assert.Equal(Scalar.Of(0.3), Look(P(15, 1, 300, sandbox: "/web"))[1].Cpus);
        Assert.Equal(Scalar.Zero, Look()[1].Cpus);
    }

    [Fact]
    public void A_number_that_was_used_again_is_another_process()
    {
        Look(P(10, 1, 500, sandbox: "/web"), P(11, 10, 500));
        var again = new ProcessSample(new ProcessIdentity(11, 99), 10, 11, 40, 0, 0, null);
        Assert.Equal(Scalar.Of(0.04), Look(P(10, 1, 500, sandbox: "/web"), again)[1].Cpus);
    }

    [Fact]
    public void An_orphan_without_its_environment_is_known_by_its_session()
    {
        Look(P(10, 1, sandbox: "/web"), P(11, 1, session: 10));
        Assert.Equal(Scalar.Of(0.5), Look(P(10, 1, sandbox: "/web"), P(11, 1, 500, session: 10))[1].Cpus);
    }

    [Fact]
    public void A_circle_of_parents_belongs_to_nobody()
    {
        Look(P(10, 11, 0), P(11, 10, 0));
        Assert.All(Look(P(10, 11, 900), P(11, 10, 900)), static usage => Assert.Equal(Scalar.Zero, usage.Cpus));
    }

    private List<TaskUsage> Look(params ProcessSample[] processes) =>
    [
        .. _meter.Measure(
            TimeSpan.FromSeconds(10 * ++_looks), processes,
            new Dictionary<string, TaskKey> { ["/web"] = Web, ["/batch"] = Batch }),
    ];

    private static ProcessSample P(
        int pid, int parent, long own = 0, long reaped = 0, long mem = 0, string? sandbox = null,
        int? session = null) =>
        new(new ProcessIdentity(pid, 1), parent, session ?? pid, own, reaped, mem, sandbox);

    private static TaskKey Key(string task) => new(new FrameworkId("f"), new TaskId(task));
}
