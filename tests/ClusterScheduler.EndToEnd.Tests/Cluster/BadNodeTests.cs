using ClusterScheduler.EndToEnd.Tests.Harness;

namespace ClusterScheduler.EndToEnd.Tests.Cluster;

/// <summary>Nodes that do not belong: each ends with its own message and exit code, and harms nobody.</summary>
public sealed class BadNodeTests
{
    [Fact]
    public async Task Each_is_refused_for_its_own_reason_and_the_cluster_goes_on()
    {
        await using var cluster = RealCluster.WithDefaults().WithAllRoles(1);
        var (workspace, good) = (cluster.Workspace, cluster.Masters[0]);
        workspace.File("other-secret", "two");
        var port = new Uri(good.Address).Port;
        var silent = FreePorts.Take(1)[0];
        var store = $"sqlite:{workspace.Inside("store.db")}";
        Directory.CreateDirectory(workspace.Inside("of-another"));
        workspace.File(Path.Combine("of-another", "cluster-id"), "0123456789ab\n");
        string[] secret = ["--secret-file", cluster.SecretFile];
        string[] agent = ["--roles", "agent", "--seed", good.Address];

        if (Engine.IsEmbedded)
        {
            await Refused(21, "shared secret", "a", [.. agent, "--secret-file", workspace.Inside("other-secret")]);
            await Refused(17, "its store", "d",
                ["--store", $"sqlite:{workspace.Inside("other.db")}", "--seed", good.Address, .. secret]);
        }

        var (exit, why) = Engine.IsEmbedded ? (22, "it looks for akka.tcp://other@") : (20, "no seed took");
        await Refused(exit, why, "b",
            ["--roles", "agent", "--name", "other", "--seed", $"akka.tcp://other@127.0.0.1:{port}", .. secret]);
        await Refused(10, "another process listens there", "c", [.. agent, .. secret], bind: port);
        await Refused(10, "--port PORT", "c",
            ["--roles", "gateway", "--seed", good.Address, .. secret, "--port", $"{port}"]);
        await Refused(11, "uses the directory", good.Name, [.. agent, .. secret]);
        await Refused(12, "is that of the cluster 0123456789ab", "of-another", [.. agent, .. secret]);
        await Refused(17, "is that of the cluster 'csched'", "e", ["--store", store, "--name", "other", .. secret]);
        await Refused(13, "another kind of file", "f",
            ["--store", $"sqlite:{workspace.File("text", new string('x', 4096))}", .. secret]);
        await Refused(20, "no seed took this node in within 2 s", "g",
            [
                "--roles", "agent", "--seed", $"akka.tcp://csched@127.0.0.1:{silent}", .. secret,
                "--config", workspace.File("soon.conf", "cluster-scheduler.cluster.join-timeout = 2s"),
            ]);
        Directory.CreateDirectory(workspace.Inside(Path.Combine("copy", "agent")));
        File.Copy(
            workspace.Inside(Path.Combine(good.Name, "agent", "agent-id")),
            workspace.Inside(Path.Combine("copy", "agent", "agent-id")));
        await Refused(25, "was the data directory copied?", "copy", [.. agent, .. secret]);
        await Refused(2, "there is no role 'boss'", "h", ["--roles", "boss"]);
        await Refused(2, "is on another one", "i",
            ["--roles", "agent", .. secret, "--seed", "akka.tcp://csched@192.0.2.1:4053"]);

        Assert.False(good.Process.HasExited);
        var agents = await good.Ask("agent", "list");
        Assert.Contains("active", agents.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("epoch 2", good.Process.Output, StringComparison.Ordinal);

        async Task Refused(int exitCode, string said, string name, string[] options, int bind = 0)
        {
            string[] node = ["node", "--data", workspace.Inside(name), "--bind", $"127.0.0.1:{bind}"];
            string[] gateway = options.Contains("--port") ? [] : ["--port", "0"];
            var ended = await Csched.Run(workspace, [.. node, .. gateway, .. options]);
            Assert.True(ended.ExitCode == exitCode && ended.Errors.Contains(said, StringComparison.Ordinal),
                $"expected {exitCode}, '{said}': {ended}");
        }
    }

    [Fact]
    public async Task Nobody_listens_to_other_machines_without_a_proof()
    {
        using var workspace = new Workspace();
        var open = await Csched.Run(workspace, "node", "--data", workspace.Data, "--bind", "0.0.0.0:0");
        Assert.Equal(2, open.ExitCode);
        Assert.Contains(
            Engine.IsEmbedded ? "--secret-file" : "TLS", open.Errors, StringComparison.Ordinal);
        Assert.Contains("--public-address", open.Errors, StringComparison.Ordinal);
    }
}
