using System.Text;
using ClusterScheduler.Cli.Commands;
using static ClusterScheduler.Cli.Tests.Client.StreamServer;

namespace ClusterScheduler.Cli.Tests.Client;

/// <summary>csched task logs -f before gateways that die and freeze.</summary>
public sealed class LogFollowingTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly MemoryStream _output = new();
    private readonly StringWriter _errors = new();

    public void Dispose()
    {
        _output.Dispose();
        _errors.Dispose();
    }

    [Theory]
    [InlineData(Then.FallSilent, false)]
    [InlineData(Then.Cut, true)]
    public async Task A_log_goes_on_from_where_it_got_to(object then, bool isSaid)
    {
        using var server = new StreamServer(
            Log((Then)then, 0, "one "), Log((Then)then, 4, "two "), Log(Then.End, 8, "three"));
        Assert.Equal(ExitCode.Done, await Follow(Patience, server.Address));
        Assert.Equal("one two three", Encoding.UTF8.GetString(_output.ToArray()));
        Assert.Equal(isSaid, _errors.ToString().Contains("trying again", StringComparison.Ordinal));
        Assert.Equal(
            ["0", "4", "8"],
            server.Requests.Select(request => request.Split("follow=true&offset=")[1].Split(' ')[0]));
    }

    [Fact]
    public async Task It_is_given_up_when_no_gateway_answers_any_more()
    {
        using var server = new StreamServer(Log(Then.FallSilent, 0, "one "));
        var wrong = await Assert.ThrowsAsync<UserException>(
            () => Follow(TimeSpan.FromMilliseconds(50), server.Address));
        Assert.Contains("no gateway has answered for", wrong.Message, StringComparison.Ordinal);
        Assert.Equal("one ", Encoding.UTF8.GetString(_output.ToArray()));
    }

    [Fact]
    public async Task A_log_that_cannot_be_read_to_begin_with_is_not_waited_for()
    {
        using var server = new StreamServer(Problem("503 Service Unavailable", "the agent is not connected"));
        var wrong = await Assert.ThrowsAsync<UserException>(() => Follow(Patience, server.Address));
        Assert.Equal("the agent is not connected", wrong.Message);
        Assert.Empty(_errors.ToString());
    }

    private Task<int> Follow(TimeSpan giveUpAfter, params Uri[] gateways) =>
        new LogFollowing(
            StreamClient.Of(_errors, giveUpAfter, isLog: true, gateways),
            "/v1/tasks/t-1/logs?stream=stdout", _output)
        .Run(CancellationToken.None).WaitAsync(Patience);
}
