using System.Text.Json;
using ClusterScheduler.Cli.Client;
using ClusterScheduler.Cli.Commands;
using ClusterScheduler.Gateway.Views;
using static ClusterScheduler.Cli.Tests.Client.StreamServer;

namespace ClusterScheduler.Cli.Tests.Client;

/// <summary>csched job run --wait before gateways that die, freeze and forget.</summary>
public sealed class JobWaitTests : IDisposable
{
    private const string Running = "map: active, 0 of 1 finished, 0 failed";
    private const string Finished = "map: finished, 1 of 1 finished, 0 failed";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public void Dispose()
    {
        _output.Dispose();
        _errors.Dispose();
    }

    [Theory]
    [InlineData(Then.Cut, "ended in the middle of its answer")]
    [InlineData(Then.FallSilent, "said nothing for")]
    [InlineData(Then.End, "ended")]
    public async Task A_watch_that_is_interrupted_goes_on_at_the_next_connection(object then, string why)
    {
        using var server = new StreamServer(
            Events((Then)then, Jobs(Job("map", "active")), ""),
            Events(Then.End, ": keep-alive", "", Jobs(Job("map", "active")), "", Jobs(Job("map", "finished")), ""));
        Assert.Equal(ExitCode.Done, await Wait(false, server.Address));
        Assert.Equal([Running, Finished], Lines(_output));
        Assert.Contains(why, Assert.Single(Lines(_errors)), StringComparison.Ordinal);
        Assert.All(server.Requests, request =>
            Assert.StartsWith("GET /v1/jobs/watch?submission=7 ", request, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_job_in_JSON_is_not_said_twice_either()
    {
        using var server = new StreamServer(
            Events(Then.Cut, Jobs(Job("map", "active")), ""),
            Events(Then.End, Jobs(Job("map", "active")), "", Jobs(Job("map", "failed")), ""));
        Assert.Equal(ExitCode.Failed, await Wait(true, server.Address));
        Assert.Equal([Job("map", "active"), Job("map", "failed")], Lines(_output));
    }

    [Fact]
    public async Task An_event_that_is_cut_off_does_not_count()
    {
        var half = Jobs(Job("map", "finished"))[..^20];
        using var server = new StreamServer(
            Events(Then.End, Jobs(Job("map", "active")), "", half),
            Events(Then.End, Jobs(Job("map", "failed")), ""));
        Assert.Equal(ExitCode.Failed, await Wait(false, server.Address));
    }

    [Fact]
    public async Task Another_gateway_takes_over_from_one_that_is_gone()
    {
        using var first = new StreamServer(Events(Then.Cut, Jobs(Job("map", "active")), ""));
        using var second = new StreamServer(Events(Then.End, Jobs(Job("map", "finished")), ""));
        Assert.Equal(ExitCode.Done, await Wait(false, first.Address, second.Address));
        Assert.Equal([Running, Finished], Lines(_output));
    }

    [Fact]
    public async Task A_gateway_that_cannot_answer_for_a_moment_is_asked_again()
    {
        using var server = new StreamServer(
            Problem("503 Service Unavailable", "no cluster."),
            Nothing(),
            Html("502 Bad Gateway"),
            Events(Then.End, Jobs(Job("map", "finished")), ""));
        Assert.Equal(ExitCode.Done, await Wait(false, server.Address));
        Assert.StartsWith("csched: no cluster; trying again", Assert.Single(Lines(_errors)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_given_up_when_no_gateway_answers_any_more()
    {
        using var server = new StreamServer(Events(Then.Cut, Jobs(Job("map", "active")), ""));
        var stream = Stream(TimeSpan.FromMilliseconds(50), server.Address);
        var wrong = await Assert.ThrowsAsync<UserException>(() => Wait(stream, false));
        Assert.Equal(ExitCode.Failed, wrong.ExitCode);
        Assert.Contains("no gateway has answered for", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("how submission 7 ends is not known here; its jobs go on", wrong.Message,
            StringComparison.Ordinal);
        Assert.Contains("nobody listens there", wrong.Message, StringComparison.Ordinal);
        Assert.Single(Lines(_errors));
    }

    [Fact]
    public async Task What_a_gateway_refuses_is_not_asked_for_again()
    {
        using var server = new StreamServer(Problem("404 Not Found", "there is no GET /v1/jobs/watch"));
        var wrong = await Assert.ThrowsAsync<UserException>(() => Wait(false, server.Address));
        Assert.Equal("there is no GET /v1/jobs/watch", wrong.Message);
    }

    [Fact]
    public async Task A_cluster_that_lost_its_data_is_not_waited_for()
    {
        using var server = new StreamServer(
            Events(Then.Cut, Jobs(Job("map", "active")), ""), Events(Then.FallSilent, Jobs(), ""));
        var wrong = await Assert.ThrowsAsync<UserException>(() => Wait(false, server.Address));
        Assert.StartsWith("the cluster does not know the jobs of submission 7 any more", wrong.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_was_forgotten_meanwhile_is_not_waited_for()
    {
        using var server = new StreamServer(
            Events(Then.Cut, Jobs(Job("map", "active"), Job("reduce", "waiting")), ""),
            Events(Then.FallSilent, Jobs(Job("reduce", "active")), ""));
        var wrong = await Assert.ThrowsAsync<UserException>(() => Wait(false, server.Address));
        Assert.StartsWith("the cluster does not know map any more", wrong.Message, StringComparison.Ordinal);
    }

    private Task<int> Wait(bool json, params Uri[] gateways) => Wait(Stream(Patience, gateways), json);

    private Task<int> Wait(PersistentStream stream, bool json) =>
        new JobWait(stream, 7, _output, json).Run(CancellationToken.None).WaitAsync(Patience);

    private PersistentStream Stream(TimeSpan giveUpAfter, params Uri[] gateways) =>
        StreamClient.Of(_errors, giveUpAfter, isLog: false, gateways);

    private static string[] Lines(StringWriter text) =>
        text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string Jobs(params string[] jobs) =>
        $$"""data: {"jobs":[{{string.Join(',', jobs)}}],"instances":[]}""";

    private static string Job(string key, string phase) => JsonSerializer.Serialize(
        new JobView(key, 7, phase, 1, 0, 0, phase == "finished" ? 1 : 0, 0, 0, DateTimeOffset.UnixEpoch, null, "", ""),
        GatewayJson.Default.JobView);
}
