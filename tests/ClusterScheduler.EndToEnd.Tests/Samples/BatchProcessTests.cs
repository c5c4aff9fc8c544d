using System.Net;
using System.Net.Sockets;
using ClusterScheduler.EndToEnd.Tests.Harness;

namespace ClusterScheduler.EndToEnd.Tests.Samples;

/// <summary>A framework in a process of its own, which joins the cluster through its seeds.</summary>
public sealed class BatchProcessTests
{
    private const int Lines = 12;

    [Fact]
    public async Task It_survives_a_new_master_and_its_own_death_and_runs_each_line_once()
    {
        using var workspace = new Workspace();
        var config = workspace.File("cluster.conf", """
            cluster-scheduler {
              store.url = "sqlite:../store.db"
              cluster { heartbeat = 200ms, leader-lease = 1500ms, member-lease = 2500ms, master-lease = 2500ms }
              framework.retry = 500ms
              agent { register-backoff = 100ms, register-backoff-max = 1s }
            }
            """);
        using var gate = new Gate(workspace.Inside("gate"));
        var lines = workspace.File("lines", string.Concat(
            Enumerable.Range(0, Lines).Select(line => $"echo {line} >> {workspace.Inside("ran")}; {gate.Wait}\n")));
        var (first, second) = (FreePort(), FreePort());
        var seeds = $"{Seed(first)},{Seed(second)}";
        await using var master = Node(workspace, config, "a", "master,framework", first, Seed(first));
        master.Line(line => line.Contains("the master is here", StringComparison.Ordinal));
        await using var standby = Node(workspace, config, "b", "master,framework", second, Seed(first));
        standby.Line(line => line.Contains("ready: joined", StringComparison.Ordinal));

        // On Akka.NET it takes two of three to say that one is gone.
        await using var third = Node(workspace, config, "d", "master,framework", FreePort(), Seed(first));
        third.Line(line => line.Contains("ready: joined", StringComparison.Ordinal));
        await using var agent = Node(workspace, config, "c", "agent", 0, Seed(first),
            "--resources", "cpus:3;mem:4096;disk:4096");
        agent.Line(line => line.Contains("agent registered", StringComparison.Ordinal));

        using var batch = Batch(workspace, seeds, lines, config);
        Poll.Until(() => workspace.Lines("ran").Length == 6, () => $"six lines to run: {batch.Said()}");
        master.Signal(Csched.Sigkill);
        standby.Line(line => line.Contains("the master is here", StringComparison.Ordinal));
        batch.Kill();
        using var again = Batch(workspace, seeds, lines, config);
        gate.Open();

        Assert.True(again.WaitForExit(), again.Said());
        Assert.Contains($"{Lines} of {Lines} lines finished", again.Said(), StringComparison.Ordinal);
        Assert.Equal(FrameworkOf(batch), FrameworkOf(again));
        Assert.Equal(Enumerable.Range(0, Lines), workspace.Lines("ran").Select(int.Parse).Order());
    }

    [NetworkFact]
    public async Task It_runs_on_another_machine_than_the_seed()
    {
        using var workspace = new Workspace();
        using var network = new VirtualNetwork();
        var (host, other) = (network.Add(), network.Add());
        var secret = workspace.File("secret", "the secret of this test, long enough to be none\n");
        var lines = workspace.File("lines", $"echo here >> {workspace.Inside("ran")}\n");
        string[] open = ["--secret-file", secret, .. Engine.IsEmbedded ? (string[])[] : ["--insecure"]];
        string[] arguments = [$"akka.tcp://csched@{host.Address}:4053", workspace.Inside("batch.journal"), lines];
        await using var node = Csched.Start(workspace, host,
            ["node", "--data", workspace.Data, "--bind", $"{host.Address}:4053", "--port", "0", .. open]);
        node.Line(line => line.Contains("agent registered", StringComparison.Ordinal));

        using var unreachable = new SampleProcess(workspace, other, "BatchProcess", [.. open, .. arguments]);
        Assert.True(unreachable.WaitForExit(), unreachable.Said());
        using var batch = new SampleProcess(
            workspace, other, "BatchProcess", ["--bind", other.Address, .. open, .. arguments]);

        Assert.True(batch.WaitForExit(), batch.Said());
        Assert.Contains("1 of 1 lines finished", batch.Said(), StringComparison.Ordinal);
        Assert.Equal(["here"], workspace.Lines("ran"));
        Assert.Equal(2, unreachable.ExitCode);
        Assert.Contains("is reached from this machine only", unreachable.Said(), StringComparison.Ordinal);
    }

    [Fact]
    public void It_says_in_one_line_why_it_is_not_let_in()
    {
        using var workspace = new Workspace();
        var config = workspace.File("cluster.conf", "cluster-scheduler.cluster.join-timeout = 2s");
        var lines = workspace.File("lines", "true\n");

        using var batch = Batch(workspace, Seed(FreePort()), lines, config);

        Assert.True(batch.WaitForExit(), batch.Said());
        Assert.Equal(3, batch.ExitCode);
        Assert.Contains("not in the cluster: ", batch.Said(), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", batch.Said(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1:1", "journal", "lines", "", "not in the cluster: '127.0.0.1:1' is no address of a node")]
    [InlineData("akka.tcp://c@127.0.0.1:1", "journal", "nowhere", "", "there is no file 'nowhere'")]
    [InlineData("akka.tcp://c@127.0.0.1:1", "journal", "lines", "nowhere", "there is no file 'nowhere'")]
    [InlineData("akka.tcp://c@127.0.0.1:1", ".", "lines", "", "'.' is a directory, and must be a file")]
    [InlineData("akka.tcp://c@127.0.0.1:1", "lines", "lines", "", "'lines' is no journal of a batch")]
    public void What_is_wrong_with_its_command_line_is_said_in_one_line(
        string seed, string journal, string lines, string secret, string why)
    {
        using var workspace = new Workspace();
        var file = workspace.File("lines", "true\n");
        string[] options = secret.Length > 0 ? ["--secret-file", secret] : [];

        using var batch = new SampleProcess(workspace, null, "BatchProcess", [.. options, seed, journal, lines]);

        Assert.True(batch.WaitForExit(), batch.Said());
        Assert.Equal(2, batch.ExitCode);
        Assert.Contains(why, batch.Said(), StringComparison.Ordinal);
        Assert.DoesNotContain("Parameter", batch.Said(), StringComparison.Ordinal);
        Assert.Equal("true\n", File.ReadAllText(file));
    }

    [Fact]
    public async Task It_says_once_and_in_the_words_of_the_product_that_its_secret_is_wrong()
    {
        if (!Engine.IsEmbedded)
        {
            return;
        }

        using var workspace = new Workspace();
        var (port, lines) = (FreePort(), workspace.File("lines", "true\n"));
        await using var node = Node(workspace, workspace.File("c", ""), "a", "master", port, Seed(port),
            "--secret-file", workspace.File("secret", "one of which nobody knows\n"));
        node.Line(line => line.Contains("ready: joined", StringComparison.Ordinal));

        using var batch = new SampleProcess(workspace, null, "BatchProcess",
            "--secret-file", workspace.File("other", "another secret\n"), Seed(port), workspace.Inside("j"), lines);

        Assert.True(batch.WaitForExit(), batch.Said());
        Assert.Equal(3, batch.ExitCode);
        Assert.Contains(
            $"not in the cluster: {Seed(port)} refuses: the shared secret (cluster.shared-secret) differs",
            batch.Said(), StringComparison.Ordinal);
        Assert.DoesNotContain("WrongSecret", batch.Said(), StringComparison.Ordinal);
        Assert.DoesNotContain("akka.remote", batch.Said(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_waits_for_a_cluster_that_is_away_for_longer_than_joining_may_take()
    {
        using var workspace = new Workspace();
        var config = workspace.File("cluster.conf", """
            cluster-scheduler.cluster {
              heartbeat = 200ms, leader-lease = 1500ms, member-lease = 2500ms, master-lease = 2500ms, join-timeout = 5s
            }
            """);
        using var gate = new Gate(workspace.Inside("gate"));
        var lines = workspace.File("lines", $"echo it >> {workspace.Inside("ran")}; {gate.Wait}\n");
        var port = FreePort();
        await using var node = Node(workspace, config, "a", "master,framework,agent", port, Seed(port));
        node.Line(line => line.Contains("agent registered", StringComparison.Ordinal));
        using var batch = Batch(workspace, Seed(port), lines, config);
        Poll.Until(() => workspace.Lines("ran").Length == 1, () => $"the line to run: {batch.Said()}");

        node.Signal(Csched.Sigkill);
        Poll.Until(
            () => batch.Said().Contains("not in the cluster: ", StringComparison.Ordinal),
            () => $"the batch to look for the cluster in vain: {batch.Said()}");
        await using var again = Node(workspace, config, "a", "master,framework,agent", port, Seed(port));
        gate.Open();

        Assert.True(batch.WaitForExit(), batch.Said());
        Assert.Contains("1 of 1 lines finished", batch.Said(), StringComparison.Ordinal);
    }

    private static string Seed(int port) => $"akka.tcp://csched@127.0.0.1:{port}";

    private static string FrameworkOf(SampleProcess process) => process.Said().Split('\n')
        .Single(line => line.StartsWith("framework ", StringComparison.Ordinal));

    private static SampleProcess Batch(Workspace workspace, string seeds, string lines, string config) =>
        new(workspace, null, "BatchProcess", "--config", config, seeds, workspace.Inside("batch.journal"), lines);

    private static Csched Node(
        Workspace workspace, string config, string name, string roles, int port, string seed, params string[] more) =>
        Csched.Start(workspace, [
            "node", "--config", config, "--data", workspace.Inside(name), "--roles", roles,
            "--bind", $"127.0.0.1:{port}", "--seed", seed, .. more,
        ]);

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
