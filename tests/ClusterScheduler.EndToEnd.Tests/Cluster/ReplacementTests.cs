using ClusterScheduler.EndToEnd.Tests.Harness;

namespace ClusterScheduler.EndToEnd.Tests.Cluster;

/// <summary>An agent loses contact: its instances run on, are replaced elsewhere, and end when it is back.</summary>
public sealed class ReplacementTests
{
    private const int Instances = 3;

    /// <summary>Short, so that the test is; an agent that stands still for a moment is not lost.</summary>
    private const string Hasty = """
        cluster-scheduler {
          master { agent-ping-timeout = 2s, max-agent-ping-timeouts = 3 }
          services.partition-delay = 1s
        }
        """;

    [Fact]
    public async Task Instances_of_an_agent_that_froze_are_replaced_and_end_there_when_it_is_back()
    {
        await using var cluster = RealCluster.WithDefaults();
        var settings = cluster.Workspace.File("hasty.conf", Hasty);
        var master = cluster.Add(
            "m1", "master,framework,gateway", "--store", "sqlite:../store.db", "--config", settings);
        var lost = Agent(cluster, "a1");
        var log = cluster.Workspace.Inside("log");
        var file = cluster.Workspace.File("stayers.yaml", $$"""
            jobs:
              - name: stayers
                instances: {{Instances}}
                task:
                  resources: {cpus: 0.1, mem: 16MiB}
                  command: |
                    trap 'echo "killed $MESOS_TASK_ID" >> {{log}}; exit 1' TERM
                    echo "started $MESOS_TASK_ID" >> {{log}}
                    while [ ! -e {{cluster.Workspace.Inside("go")}} ]; do sleep 0.5; done
                    echo "ended $MESOS_TASK_ID" >> {{log}}
            """);
        var taken = await master.Ask("job", "run", file);
        Assert.True(taken.ExitCode == 0, taken.ToString());
        var first = Said("started", Instances);
        Agent(cluster, "a2");

        lost.Freeze();
        var all = Said("started", 2 * Instances);
        Assert.Empty(Tasks("killed"));
        Assert.Equal("unreachable", await master.StandingOf("a1"));

        lost.Thaw();
        Assert.Equal(first.Order(StringComparer.Ordinal), Said("killed", Instances).Order(StringComparer.Ordinal));
        cluster.Workspace.File("go", "");
        var ended = Said("ended", Instances);
        Assert.Equal(all.Except(first).Order(StringComparer.Ordinal), ended.Order(StringComparer.Ordinal));
        Assert.Equal(all, Tasks("started"));
        await Finished(master);

        string[] Tasks(string what) =>
        [
            .. cluster.Workspace.Lines("log").Select(static line => line.Split(' '))
                .Where(words => words[0] == what).Select(static words => words[1]),
        ];

        string[] Said(string what, int times)
        {
            Poll.Until(
                () => Tasks(what).Length >= times, () => $"{times} tasks that have {what}:\n{cluster.Tell()}");
            return Tasks(what);
        }
    }

    private static ClusterNode Agent(RealCluster cluster, string name)
    {
        var agent = cluster.Add(
            name, "agent", "--resources", "cpus:1;mem:1024;disk:8192;ports:[31000-32000]");
        agent.WaitFor("agent registered");
        return agent;
    }

    private static async Task Finished(ClusterNode asked)
    {
        CschedResult shown = new(0, "", "");
        await Poll.UntilAsync(
            async () =>
            {
                shown = await asked.Ask("job", "show", "default/devel/stayers");
                return shown.Output.Contains("finished", StringComparison.Ordinal);
            },
            () => $"the job to finish:\n{shown}");
    }
}
