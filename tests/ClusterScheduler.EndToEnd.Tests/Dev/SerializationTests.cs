using ClusterScheduler.EndToEnd.Tests.Harness;

namespace ClusterScheduler.EndToEnd.Tests.Dev;

/// <summary>
/// A whole cluster in which every message between two actors goes through its serializer, as if they were on two
/// nodes: what is not on the wire and does not say that it stays in its process, is an error.
/// </summary>
public sealed class SerializationTests
{
    [Fact]
    public async Task Every_message_of_a_cluster_survives_its_serializer()
    {
        using var workspace = new Workspace();
        var strict = Engine.IsEmbedded ? "on" : "off";
        var config = workspace.File("strict.conf", $"akka.actor.serialize-messages = {strict}");
        await using var cluster = DevCluster.Start(workspace, "--agents", "2", "--config", config);
        var file = workspace.File("jobs.yaml", """
            jobs:
              - name: map
                instances: 4
                task: {command: "echo {{instance}}", resources: {ports: [http]}}
              - {name: reduce, after: [map], task: {command: "true"}}
              - {name: bad, task: {command: "exit 3"}}
              - {name: long, instances: 2, task: {command: "sleep 1000"}}
              - name: huge
                constraints: {rack: "limit:1"}
                placement: {policy: min-delay, per_agent: 1}
                task: {command: "true", resources: {cpus: 64}}
            """);

        await Says(cluster, "default/devel/map", "job", "run", file);
        await Says(cluster, "1 finished", "job", "show", "reduce");
        await Says(cluster, "1 failed", "job", "show", "bad");
        await Says(cluster, "2 active", "job", "show", "long");
        await Says(cluster, "huge", "why", "default/devel/huge");
        await Says(cluster, "there is no job", "why", "default/devel/none");
        await Says(cluster, "TASK_FINISHED", "task", "list");
        await Says(cluster, "0\n", "task", "logs", "map-1-0-0");
        await Says(cluster, "services", "framework", "list");
        await cluster.KillAndRestart("--agents", "2", "--config", config);
        await Says(cluster, "2 active", "job", "show", "long");
        await Says(cluster, "is being killed", "task", "kill", "long-4-0-0");
        await Says(cluster, "instances are being killed", "job", "kill", "long");
        await Says(cluster, "0 active", "job", "show", "long");
        await cluster.Stop();

        var log = await File.ReadAllLinesAsync(Path.Combine(workspace.Data, "log"));
        Assert.NotEmpty(log);
        Assert.DoesNotContain(log, line => line.Contains(" ERROR ", StringComparison.Ordinal)
            || line.Contains("does not survive", StringComparison.Ordinal));
    }

    /// <summary>Asks until the answer has come.</summary>
    private static async Task Says(DevCluster cluster, string wanted, params string[] command)
    {
        using var patience = new CancellationTokenSource(Csched.Patience);
        CschedResult said;
        do
        {
            said = await cluster.Ask(command);
            Assert.False(patience.IsCancellationRequested, $"'{wanted}' was not said; the last answer:\n{said}");
        }
        while (!said.ToString().Contains(wanted, StringComparison.Ordinal));
    }
}
