using System.Net;
using System.Net.Sockets;
using ClusterScheduler.Sdk.Joining;

namespace ClusterScheduler.Sdk.Tests;

/// <summary>What a process that would become a member is refused before it listens anywhere.</summary>
public class JoiningTests
{
    private const string Seed = "akka.tcp://csched@192.0.2.1:4053";

    [Fact]
    public Task Nobody_is_let_in_from_other_machines_without_a_proof() =>
        Refused(new JoinSettings([Seed]) { BindHost = "192.0.2.7" }, "192.0.2.7, where other machines reach it");

    [Fact]
    public Task One_that_the_seeds_machine_could_not_reach_is_told_at_once() => Refused(
        new JoinSettings([Seed]), "127.0.0.1, which is reached from this machine only, and the seed " + Seed);

    [Theory]
    [InlineData("192.0.2.1:4053", "'192.0.2.1:4053' is no address of a node")]
    [InlineData("akka.tcp://csched@192.0.2.1", "is no address of a node: write akka.tcp://csched@HOST:PORT")]
    public Task A_seed_that_cannot_be_read_is_named(string seed, string said) =>
        Refused(new JoinSettings([seed]), said);

    [Fact]
    public Task All_seeds_are_of_one_cluster() =>
        Refused(new JoinSettings([Seed, "akka.tcp://other@192.0.2.1:4053"]), "all of them of one cluster");

    [Fact]
    public Task A_seed_with_TLS_is_not_for_a_process_without() => Refused(
        new JoinSettings(["akka.ssl.tcp://csched@127.0.0.1:1"]), "is the address of a node with TLS");

    /// <summary>It is named as the engines call it then.</summary>
    [Fact]
    public Task With_TLS_a_seed_is_sought_by_its_encrypted_address() => Refused(
        new JoinSettings([Seed]) { Hocon = "akka.remote.dot-netty.tcp.enable-ssl = on" },
        "the seed akka.ssl.tcp://csched@192.0.2.1:4053 is on another one");

    [Fact]
    public Task TLS_that_takes_anyones_certificate_is_no_proof() => Refused(
        new JoinSettings([Seed])
        {
            BindHost = "192.0.2.7",
            Hocon = "akka.remote.dot-netty.tcp { enable-ssl = on, ssl.suppress-validation = on }",
        },
        "its TLS takes anyone's certificate");

    [Fact]
    public async Task A_port_that_is_taken_is_said_so()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var refusal = await Assert.ThrowsAsync<CannotListenException>(() => ClusterMembership.Join(
            new JoinSettings(["akka.tcp://csched@127.0.0.1:1"]) { BindPort = port }));
        Assert.Equal(
            $"this process cannot listen on 127.0.0.1:{port}: another process listens there. Say another address of "
            + "this machine with BindHost, or another BindPort (0: any that is free)", refusal.Message);
    }

    private static async Task Refused(JoinSettings settings, string said)
    {
        var refusal = await Assert.ThrowsAsync<ArgumentException>(() => ClusterMembership.Join(settings));
        Assert.Contains(said, refusal.Message, StringComparison.Ordinal);
    }
}
