using ClusterScheduler.EndToEnd.Tests.Harness;

namespace ClusterScheduler.EndToEnd.Tests.Cluster;

/// <summary>The disk of one agent is full: that is the trouble of new tasks there, and of nobody else.</summary>
[Collection("clusters")]
public sealed class FullDiskTests
{
    private const string Resources = "cpus:100;mem:102400;disk:102400;ports:[31000-32000]";

    [DiskFact]
    public async Task New_tasks_there_fail_with_the_reason_and_all_else_goes_on()
    {
        await using var cluster = RealCluster.OnPostgres().With(masters: 1, agents: 0);
        var master = cluster.Masters[0];
        using var disk = new SmallDisk(cluster.Workspace.Inside("a1"));
        var small = cluster.Add("a1", "agent", "--resources", Resources, "--attributes", "disk=small");
        cluster.Add("a2", "agent", "--resources", Resources, "--attributes", "disk=large");
        await using var load = new Load(cluster);
        await load.Begin(master, tasks: 200);

        disk.Fill();
        await Ended("elsewhere", "large", "finished");
        var failed = await Ended("there", "small", "failed");
        Assert.Contains("no space left on device", failed, StringComparison.OrdinalIgnoreCase);
        await small.Kill();
        small.Begin();
        small.WaitFor("agent registered");
        // Among them tasks that ran there, and whose ends have to be written down.
        await load.LetGo(master);

        disk.Free();
        await Ended("again", "small", "finished");
        Assert.All(cluster.Agents, agent => Assert.False(agent.Process.HasExited, agent.Process.Output));

        async Task<string> Ended(string name, string where, string phase)
        {
            var file = cluster.Workspace.File(name + ".yaml", $$"""
                jobs:
                  - name: {{name}}
                    instances: 3
                    constraints: {disk: {{where}}}
                    task:
                      command: "echo done"
                      resources: {cpus: 0.1, mem: 8MiB, disk: 1MiB}
                """);
            var taken = await master.Ask("job", "run", file);
            Assert.True(taken.ExitCode == 0, taken.ToString());
            CschedResult shown = new(0, "", "");
            await load.Until(master, $"{name} to be {phase}", async () =>
            {
                shown = await master.Ask("job", "show", $"default/devel/{name}");
                return shown.Output.Split('\n').Contains($"phase      {phase}", StringComparer.Ordinal);
            });
            return shown.Output;
        }
    }
}
