using ClusterScheduler.Core.Jobs;
using ClusterScheduler.Core.Jobs.Life;
using ClusterScheduler.Protocol;

namespace ClusterScheduler.Gateway.Tests;

/// <summary>GET /v1/jobs/watch.</summary>
public sealed class JobWatchRouteTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_watch_in_which_nothing_happens_says_that_it_is_alive()
    {
        await using var cluster = await FakeCluster.Start(
            settings => settings with { KeepAliveInterval = TimeSpan.FromMilliseconds(10) });
        cluster.Answers.Jobs = [Jobs(1, ("map", JobPhase.Running))];
        using var client = cluster.Client();
        using var response = await client.GetAsync(
            "/v1/jobs/watch?submission=7", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var lines = new List<string>();
        while (lines.Count(line => line == ": keep-alive") < 2)
        {
            lines.Add(await reader.ReadLineAsync().WaitAsync(Patience) ?? "(the end)");
        }

        Assert.Single(lines, line => line.StartsWith("data: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_watch_ends_with_the_jobs()
    {
        var said = await Events(
            Jobs(1, ("map", JobPhase.Finished), ("reduce", JobPhase.Running)),
            Jobs(2, ("reduce", JobPhase.Finished)) with { BeginsSnapshot = false });
        Assert.Equal(2, said.Length);
    }

    [Fact]
    public async Task A_watch_of_what_is_unknown_says_so_and_ends()
    {
        Assert.Equal("""data: {"jobs":[],"instances":[]}""", Assert.Single(await Events(Jobs(1))));
    }

    [Fact]
    public async Task A_watch_ends_when_a_job_whose_end_was_lost_is_no_longer_known()
    {
        var said = await Events(
            Jobs(1, ("map", JobPhase.Running), ("reduce", JobPhase.Running)),
            Jobs(3, ("reduce", JobPhase.Running)));
        Assert.Equal(2, said.Length);
    }

    /// <summary>All events of a watch, until it ends.</summary>
    private static async Task<string[]> Events(params ServicesProtocol.JobsChanged[] changes)
    {
        await using var cluster = await FakeCluster.Start();
        cluster.Answers.Jobs = changes;
        using var client = cluster.Client();
        var said = await client.GetStringAsync("/v1/jobs/watch?submission=7").WaitAsync(Patience);
        return [.. said.Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal))];
    }

    private static ServicesProtocol.JobsChanged Jobs(long sequence, params (string Name, JobPhase Phase)[] jobs) =>
        new(
            [.. jobs.Select(job => new ServicesProtocol.JobSummary(
                new JobKey("r", "devel", job.Name), 7, 1, job.Phase, 1))],
            [])
        {
            Sequence = sequence,
            BeginsSnapshot = true,
        };
}
