using ClusterScheduler.Cli.Nodes.Cluster;

namespace ClusterScheduler.Cli.Tests.Nodes;

public sealed class NodeWordsTests
{
    [Theory]
    [InlineData("10.0.0.1:4053", "10.0.0.1", 4053, false)]
    [InlineData("10.0.0.1", "10.0.0.1", 4053, false)]
    [InlineData("localhost:0", "localhost", 0, true)]
    [InlineData("127.0.0.2:1", "127.0.0.2", 1, true)]
    [InlineData("[::1]:7", "::1", 7, true)]
    [InlineData("::1", "::1", 4053, true)]
    [InlineData("node-1.example:80", "node-1.example", 80, false)]
    public void An_address_is_a_host_and_a_port(string text, string host, int port, bool isLoopback)
    {
        Assert.True(ListenAddress.TryParse(text, out var address));
        Assert.Equal((host, port, isLoopback), (address.Host, address.Port, address.IsLoopback));
    }

    [Theory]
    [InlineData("")]
    [InlineData(":4053")]
    [InlineData("host:70000")]
    [InlineData("host:x")]
    [InlineData("a b:1")]
    public void Other_texts_are_no_address(string text) => Assert.False(ListenAddress.TryParse(text, out _));

    [Fact]
    public void Roles_are_listed_in_one_order()
    {
        Assert.True(NodeRoles.TryParse("gateway, master", out var roles, out _));
        Assert.Equal("master, gateway", roles.ToString());
        Assert.True(roles is { Master: true, Gateway: true, Agent: false, Framework: false, NeedsStore: true });
    }

    [Theory]
    [InlineData("", "a node needs at least one role")]
    [InlineData("master,slave", "there is no role 'slave'")]
    public void Wrong_roles_are_refused(string text, string problem)
    {
        Assert.False(NodeRoles.TryParse(text, out _, out var why));
        Assert.StartsWith(problem, why, StringComparison.Ordinal);
    }
}
