using System.Net;
using System.Net.Sockets;
using ClusterScheduler.EndToEnd.Tests.Cluster;
using ClusterScheduler.EndToEnd.Tests.Harness;

namespace ClusterScheduler.EndToEnd.Tests.Edge;

/// <summary>A real node that is no member, behind a network that is cut, and killed.</summary>
public sealed class EdgeNodeTests
{
    [Fact]
    public async Task Its_tasks_outlive_the_connection_and_the_process()
    {
        await using var cluster = RealCluster.OnSqlite();
        var member = Member(cluster);
        await using var network = new CuttableProxy(DoorOf(member));
        var edge = cluster.Outside("e1", $"http://127.0.0.1:{network.Port}");
        edge.Begin();
        edge.WaitFor("agent registered");
        await using var load = new Load(cluster);
        await load.Begin(member, 4);

        network.Cut();
        edge.WaitFor("it is tried again");
        await Stands("disconnected");
        network.Mend();
        edge.WaitFor("agent registered");
        await edge.Kill();
        edge.Begin();
        edge.WaitFor("agent registered");

        await load.LetGo(member);
        await Stands("active");
        var stopped = await edge.Stop();
        Assert.Equal(0, stopped.ExitCode);
        Assert.EndsWith("Z stopped\n", stopped.Output, StringComparison.Ordinal);
        await Stands("disconnected");

        Task Stands(string standing) => Poll.UntilAsync(
            async () => await member.StandingOf("e1") == standing, () => $"e1 to be {standing}");
    }

    [Fact]
    public async Task What_became_of_a_task_while_it_was_cut_off_waits_on_its_disk_for_the_next_process()
    {
        await using var cluster = RealCluster.OnSqlite();
        var member = Member(cluster);
        await using var network = new CuttableProxy(DoorOf(member));
        var edge = cluster.Outside("e1", $"http://127.0.0.1:{network.Port}");
        edge.Begin();
        edge.WaitFor("agent registered");
        using var gate = new Gate(cluster.Workspace.Inside("gate"));
        var ended = cluster.Workspace.Inside("ended");
        var file = cluster.Workspace.File("seven.yaml", $$"""
            jobs:
              - name: seven
                task: {command: "echo began > {{ended}}; {{gate.Wait}}; echo over >> {{ended}}; exit 7"}
            """);
        Assert.Equal(0, (await member.Ask("job", "run", file)).ExitCode);
        Poll.Until(() => cluster.Workspace.Lines("ended").Length > 0, "the task to run");

        network.Cut();
        edge.WaitFor("it is tried again");
        gate.Open();
        Poll.Until(() => cluster.Workspace.Lines("ended").Contains("over"), "the task to end");
        await edge.Kill();
        edge.Begin();
        edge.WaitFor("it is tried again");
        network.Mend();

        await Poll.UntilAsync(
            async () => (await member.Ask("job", "show", "default/devel/seven")).Output
                .Contains("exited with code 7", StringComparison.Ordinal),
            () => $"its exit code to be known:\n{cluster.Tell()}");
    }

    [Fact]
    public async Task The_gateway_that_it_is_connected_to_may_be_killed()
    {
        await using var cluster = RealCluster.OnSqlite();
        var (first, second) = (Member(cluster), Member(cluster, "m2"));
        if (!Engine.IsEmbedded)
        {
            // Of two the other one cannot know whether it is the one that was cut off.
            Member(cluster, "m3");
        }

        var edge = cluster.Outside(
            "e1", $"http://127.0.0.1:{DoorOf(first)}", "--seed", $"http://127.0.0.1:{DoorOf(second)}");
        edge.Begin();
        edge.WaitFor("agent registered");

        await first.Kill();

        edge.WaitFor("agent registered");
        await Poll.UntilAsync(
            async () => await second.StandingOf("e1") == "active", () => $"e1 to be active:\n{cluster.Tell()}");
    }

    [Fact]
    public async Task A_wrong_secret_is_said_and_ends_it()
    {
        await using var cluster = RealCluster.OnSqlite();
        var member = Member(cluster);
        var other = cluster.Workspace.File("other-secret", "not the one");

        var refused = await Csched.Run(
            cluster.Workspace, "node", "--edge", "--data", cluster.Workspace.Inside("e1"), "--secret-file", other,
            "--seed", $"http://127.0.0.1:{DoorOf(member)}");

        Assert.Equal(21, refused.ExitCode);
        Assert.Contains("the secret is not this cluster's", refused.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("stopping", refused.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_of_another_cluster_is_said_and_ends_it()
    {
        await using var cluster = RealCluster.OnSqlite();
        var member = Member(cluster);
        Directory.CreateDirectory(cluster.Workspace.Inside("of-another"));
        cluster.Workspace.File(Path.Combine("of-another", "cluster-id"), "0123456789ab\n");

        var refused = await Csched.Run(
            cluster.Workspace, "node", "--edge", "--data", cluster.Workspace.Inside("of-another"), "--secret-file",
            cluster.SecretFile, "--seed", $"http://127.0.0.1:{DoorOf(member)}");

        Assert.Equal(12, refused.ExitCode);
        Assert.Contains("is that of the cluster 0123456789ab", refused.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "active", (await member.Ask("agent", "list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_seed_that_is_out_of_order_is_left_for_the_next()
    {
        await using var cluster = RealCluster.OnSqlite();
        var member = Member(cluster);
        using var broken = new TcpListener(IPAddress.Loopback, 0);
        broken.Start();
        var answering = AnswerOnce(broken, "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
        var edge = cluster.Outside(
            "e1", $"http://{broken.LocalEndpoint}", "--seed", $"http://127.0.0.1:{DoorOf(member)}");

        edge.Begin();

        edge.WaitFor("answered with 503; it is tried again");
        edge.WaitFor("agent registered");
        await answering;
    }

    [Fact]
    public async Task A_copied_directory_is_said_so_and_the_agent_that_was_there_goes_on()
    {
        await using var cluster = RealCluster.OnSqlite();
        var member = Member(cluster);
        var first = cluster.Outside("e1", $"http://127.0.0.1:{DoorOf(member)}");
        first.Begin();
        first.WaitFor("agent registered");
        Directory.CreateDirectory(cluster.Workspace.Inside(Path.Combine("copy", "agent")));
        File.Copy(Path.Combine(first.Data, "agent", "agent-id"),
            cluster.Workspace.Inside(Path.Combine("copy", "agent", "agent-id")));

        var refused = await Csched.Run(
            cluster.Workspace, "node", "--edge", "--data", cluster.Workspace.Inside("copy"), "--secret-file",
            cluster.SecretFile, "--seed", $"http://127.0.0.1:{DoorOf(member)}");

        Assert.Equal(25, refused.ExitCode);
        Assert.Contains("was the data directory copied?", refused.Errors, StringComparison.Ordinal);
        Assert.False(first.Process.HasExited);
        Assert.Contains("active", (await member.Ask("agent", "list")).Output, StringComparison.Ordinal);
    }

    /// <summary>Takes agents that are no members.</summary>
    private static ClusterNode Member(RealCluster cluster, string name = "m1") => cluster.Add(
        name, "master,framework,gateway", "--store", "sqlite:../store.db", "--edge-listen", "127.0.0.1:0");

    private static async Task AnswerOnce(TcpListener listener, string answer)
    {
        using var asker = await listener.AcceptTcpClientAsync();
        var stream = asker.GetStream();
        await stream.ReadAtLeastAsync(new byte[1024], 16, throwOnEndOfStream: false);
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(answer));
    }

    private static int DoorOf(ClusterNode member) => new Uri(member.Process.Output.Split('\n')
        .Single(line => line.Contains("  edge ", StringComparison.Ordinal)).Split(' ')[^1]).Port;
}
