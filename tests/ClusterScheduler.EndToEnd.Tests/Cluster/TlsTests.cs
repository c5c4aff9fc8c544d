using Akka.Contract.Tests.Remoting;
using ClusterScheduler.EndToEnd.Tests.Harness;

namespace ClusterScheduler.EndToEnd.Tests.Cluster;

/// <summary>Nodes that prove to one another who they are with certificates, and share no secret.</summary>
public sealed class TlsTests
{
    [Fact]
    public async Task Nodes_with_certificates_of_one_authority_make_a_cluster_and_others_hear_why_they_are_not_in_it()
    {
        if (!Engine.IsEmbedded)
        {
            return; // Akka.NET takes only what an authority has issued that the machine trusts
        }

        using var workspace = new Workspace();
        using var certificates = new Certificates();
        var address = $"127.0.0.1:{FreePorts.Take(1)[0]}";
        string[] seed = ["--seed", $"akka.tcp://csched@{address}"];
        await using var master = Node("m1", address, "master,framework,gateway", "--store", "sqlite:../store.db");
        master.Start();
        await using var agent = Node("a1", "127.0.0.1:0", "agent", [.. seed, "--resources", "cpus:1;mem:256;disk:64"]);
        agent.Start().WaitFor("agent registered");

        var ran = await master.Ask("job", "run", "--wait", workspace.File("job.yaml", """
            jobs:
              - name: hello
                task: { command: "true", resources: { cpus: 0.1, mem: 32MiB, disk: 1MiB } }
            """));
        var members = await master.Ask("cluster", "members");
        Assert.True(ran.ExitCode == 0, ran.ToString());
        Assert.Contains($"akka.ssl.tcp://csched@{address}", members.Output, StringComparison.Ordinal);

        var plain = await Join("plain", seed, workspace.File("plain.conf", """
            cluster-scheduler.cluster.join-timeout = 4s
            akka.remote.dot-netty.tcp.connection-timeout = 1s
            """));
        Assert.Equal(20, plain.ExitCode);
        Assert.Contains("a node with TLS does not answer one without", plain.Errors, StringComparison.Ordinal);

        using var strangers = new Certificates();
        var stranger = await Join("stranger", seed, Tls("stranger", strangers, "join-timeout = 2s"));
        Assert.Equal(20, stranger.ExitCode);
        Assert.Contains("TLS could not be agreed on", stranger.Errors, StringComparison.Ordinal);
        var left = await master.Ask("cluster", "leave", $"akka.tcp://csched@{address}");
        Assert.True(left.ExitCode == 0, left.ToString());
        Assert.Equal(0, (await master.Process.Ended()).ExitCode);

        ClusterNode Node(string name, string at, string roles, params string[] options) =>
            new(workspace, name, at, null,
                () => ["--bind", at, "--roles", roles, "--config", Tls(name, certificates), .. options]);

        string Tls(string name, Certificates of, string cluster = "rehearse = false") =>
            workspace.File($"{name}.conf", $$"""
                cluster-scheduler.cluster { {{cluster}} }
                akka.remote.dot-netty.tcp {
                  enable-ssl = on
                  ssl.certificate { path = "{{of.Node(name)}}", password = "{{Certificates.Password}}" }
                }
                """);

        Task<CschedResult> Join(string name, string[] seed, string settings) => Csched.Run(
            workspace, "node", "--roles", "agent", "--data", workspace.Inside(name), "--bind", "127.0.0.1:0", seed[0],
            seed[1], "--config", settings);
    }
}
