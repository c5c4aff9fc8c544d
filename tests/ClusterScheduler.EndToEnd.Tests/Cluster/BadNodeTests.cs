using ClusterScheduler.EndToEnd.Tests.Harness;

namespace ClusterScheduler.EndToEnd.Tests.Cluster;

/// <summary>Nodes that do not belong: each ends with its own message and exit code, and harms nobody.</summary>
public sealed class BadNodeTests
{
    [Fact]
    public async Task Each_is_refused_for_its_own_reason_and_the_cluster_goes_on()
    {
        using var workspace = new Workspace();
        workspace.File("secret", "one");
        workspace.File("other-secret", "two");
        var ports = FreePorts.Take(3);
        var store = $"sqlite:{workspace.Inside("store.db")}";
        await using var good = new NodeProcess(
            workspace, "good", ports[0], "--store", store, "--secret-file", workspace.Inside("secret"));
        good.WaitFor("agent registered");
        Directory.CreateDirectory(workspace.Inside("of-another"));
        workspace.File(Path.Combine("of-another", "cluster-id"), "0123456789ab\n");
        string[] secret = ["--secret-file", workspace.Inside("secret")];
        string[] agent = ["--roles", "agent", "--seed", good.Address];

        await Refused(21, "the shared secret", "a",
            [.. agent, "--secret-file", workspace.Inside("other-secret")]);
        await Refused(22, "it looks for akka.tcp://other@", "b",
            ["--roles", "agent", "--name", "other", "--seed", $"akka.tcp://other@127.0.0.1:{ports[0]}", .. secret]);
        await Refused(10, "another process listens there", "c", [.. agent, .. secret], port: ports[0]);
        await Refused(11, "uses the directory", "good", [.. agent, .. secret]);
        await Refused(12, "is that of the cluster 0123456789ab", "of-another", [.. agent, .. secret]);
        await Refused(17, "its store", "d",
            ["--store", $"sqlite:{workspace.Inside("other.db")}", "--seed", good.Address, .. secret]);
        await Refused(17, "is that of the cluster 'csched'", "e", ["--store", store, "--name", "other", .. secret]);
        await Refused(13, "another kind of file", "f",
            ["--store", $"sqlite:{workspace.File("text", new string('x', 4096))}", .. secret]);
        await Refused(20, "no seed took this node in within 2 s", "g",
            [
                "--roles", "agent", "--seed", $"akka.tcp://csched@127.0.0.1:{ports[2]}", .. secret,
                "--config", workspace.File("soon.conf", "cluster-scheduler.cluster.join-timeout = 2s"),
            ]);
        Directory.CreateDirectory(workspace.Inside(Path.Combine("copy", "agent")));
        File.Copy(
            workspace.Inside(Path.Combine("good", "agent", "agent-id")),
            workspace.Inside(Path.Combine("copy", "agent", "agent-id")));
        await Refused(25, "was the data directory copied?", "copy", [.. agent, .. secret]);
        await Refused(2, "there is no role 'boss'", "h", ["--roles", "boss"]);

        Assert.False(good.Process.HasExited);
        var agents = await good.Ask("agent", "list");
        Assert.Contains("active", agents.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("epoch 2", good.Process.Output, StringComparison.Ordinal);

        async Task Refused(int exitCode, string why, string name, string[] options, int port = 0)
        {
            await using var bad = new NodeProcess(workspace, name, port, options);
            var ended = await bad.Process.Ended();
            Assert.True(ended.ExitCode == exitCode && ended.Errors.Contains(why, StringComparison.Ordinal),
                $"expected {exitCode}, '{why}': {ended}");
        }
    }

    [Fact]
    public async Task Nobody_listens_to_other_machines_without_a_proof()
    {
        using var workspace = new Workspace();
        var open = await Csched.Run(workspace, "node", "--data", workspace.Data, "--bind", "0.0.0.0:0");
        Assert.Equal(2, open.ExitCode);
        Assert.Contains("--secret-file", open.Errors, StringComparison.Ordinal);
        Assert.Contains("--public-address", open.Errors, StringComparison.Ordinal);
    }
}
