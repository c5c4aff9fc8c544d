using System.Net;
using System.Net.Sockets;
using ClusterScheduler.Cli.Client;
using ClusterScheduler.Cli.Commands;

namespace ClusterScheduler.Cli.Tests.Client;

/// <summary>A gateway that takes connections and says nothing, as one does whose process is frozen.</summary>
public sealed class SilentGatewayTests : IDisposable
{
    private readonly TcpListener _frozen = new(IPAddress.Loopback, 0);
    private readonly List<string> _said = [];

    public SilentGatewayTests() => _frozen.Start();

    private Uri Frozen => new($"http://127.0.0.1:{((IPEndPoint)_frozen.LocalEndpoint).Port}");

    public void Dispose() => _frozen.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("/data")]
    public async Task A_read_gives_up_and_says_before_that_it_waits(string? directory)
    {
        using var transport = Transport(directory, Frozen);
        var silent = await Assert.ThrowsAsync<UserException>(() => Read(transport));
        Assert.Equal(
            $"the gateway {Frozen.GetLeftPart(UriPartial.Authority)} cannot be reached: it does not answer",
            silent.Message);
        Assert.Equal([$"waiting for the gateway {Frozen.GetLeftPart(UriPartial.Authority)} to answer"], _said);
    }

    [Fact]
    public async Task The_next_gateway_may_answer_a_read()
    {
        using var other = new StubServer(StubServer.Json("200 OK", "application/json", "{}"));
        using var transport = Transport(null, Frozen, new Uri($"http://127.0.0.1:{other.Port}"));
        using var answer = await Read(transport);
        Assert.True(answer.IsSuccessStatusCode);
    }

    [Fact]
    public async Task What_changes_something_is_waited_for()
    {
        using var transport = Transport(null, Frozen);
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => transport.Send(HttpMethod.Post, "/v1/x", null, enough.Token));
    }

    private GatewayTransport Transport(string? directory, params Uri[] gateways) =>
        new(new GatewayPlace(gateways, "token", "a file", directory, []), _said.Add)
        {
            ReadTimeout = TimeSpan.FromMilliseconds(300),
            SayAfter = TimeSpan.FromMilliseconds(50),
        };

    private static Task<HttpResponseMessage> Read(GatewayTransport transport) =>
        transport.Send(HttpMethod.Get, "/v1/x", null, CancellationToken.None);
}
