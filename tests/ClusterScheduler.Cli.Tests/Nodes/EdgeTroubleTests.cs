using Akka.TestKit.Xunit2;
using ClusterScheduler.Agent.Edge;
using ClusterScheduler.Cli.Tests.Client;
using ClusterScheduler.Runtime.Edge;

namespace ClusterScheduler.Cli.Tests.Nodes;

/// <summary>What an agent that is no member says of a seed that does not take it.</summary>
public sealed class EdgeTroubleTests : TestKit
{
    private const string NoDoor = "what listens there takes no agents: the port must be that of a node's --edge-listen";

    public EdgeTroubleTests()
        : base("akka.loglevel = ERROR") => Sys.EventStream.Subscribe(TestActor, typeof(EdgeNews));

    [Theory]
    [InlineData("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("\u0001\u0002 a node's challenge, which is no HTTP\r\n")]
    public void A_port_of_something_else_is_told_from_a_wrong_secret(string answer)
    {
        using var server = new StubServer(answer);
        var cut = Try($"http://127.0.0.1:{server.Port}");
        Assert.StartsWith(NoDoor, cut.Why, StringComparison.Ordinal);
        Assert.Null(cut.Refusal);
    }

    [Fact]
    public void What_a_node_with_an_edge_listen_says_is_a_refusal()
    {
        using var server = new StubServer(
            $"HTTP/1.1 401 Unauthorized\r\n{EdgeFrame.RefusalHeader}: the secret is wrong\r\n"
            + "Content-Length: 0\r\n\r\n");
        var cut = Try($"http://127.0.0.1:{server.Port}");
        Assert.Equal(("the secret is wrong", 401), (cut.Why, cut.Refusal));
    }

    [Fact]
    public void Where_nobody_speaks_TLS_the_other_scheme_is_named()
    {
        using var server = new StubServer(StubServer.Html("400 Bad Request"));
        var cut = Try($"https://127.0.0.1:{server.Port}");
        Assert.Equal($"what listens there speaks no TLS: write http://127.0.0.1:{server.Port}", cut.Why);
        Assert.Equal($"https://127.0.0.1:{server.Port}/", cut.Host.ToString());
    }

    private EdgeNews.Disconnected Try(string host)
    {
        Sys.ActorOf(EdgeLinkActor.Props(new EdgeOptions([new Uri(host)], "a secret")));
        return ExpectMsg<EdgeNews.Disconnected>(TimeSpan.FromSeconds(20));
    }
}
