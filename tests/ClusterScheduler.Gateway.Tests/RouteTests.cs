using System.Net;
using System.Text.Json;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Protocol;

namespace ClusterScheduler.Gateway.Tests;

public sealed class RouteTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Agents_are_listed_with_what_is_used()
    {
        await using var cluster = await FakeCluster.Start();
        using var list = await Get(cluster, "/v1/agents");
        var agent = list.RootElement.GetProperty("agents")[0];
        Assert.Equal(3, list.RootElement.GetProperty("epoch").GetInt64());
        Assert.Equal("host-1", agent.GetProperty("hostname").GetString());
        Assert.Equal("eu", agent.GetProperty("region").GetString());
        Assert.Equal("eu-1", agent.GetProperty("zone").GetString());
        Assert.Equal(0.5m, agent.GetProperty("used").GetProperty("cpus").GetDecimal());
        Assert.Equal("[31000-31009]", agent.GetProperty("total").GetProperty("ports").GetString());
        Assert.Equal("t-1", agent.GetProperty("tasks")[0].GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("/v1/agents/a-1")]
    [InlineData("/v1/agents/host-1")]
    public async Task An_agent_is_shown_by_id_or_host(string path)
    {
        await using var cluster = await FakeCluster.Start();
        using var agent = await Get(cluster, path);
        Assert.Equal("a-1", agent.RootElement.GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_task_is_shown_with_how_it_ended()
    {
        await using var cluster = await FakeCluster.Start();
        using var task = await Get(cluster, "/v1/tasks/t-1");
        var update = task.RootElement.GetProperty("updates")[0];
        Assert.Equal("TASK_FAILED", task.RootElement.GetProperty("state").GetString());
        Assert.Equal(3, update.GetProperty("evidence").GetProperty("exitCode").GetInt32());
        Assert.Equal(
            "echo {{x}} > $CSCHED_JOB_DIR/out",
            task.RootElement.GetProperty("processes")[0].GetProperty("arguments")[2].GetString());
        Assert.Equal("oh no", update.GetProperty("evidence").GetProperty("lastLog").GetString());
    }

    [Theory]
    [InlineData("/v1/agents/none", 404, "agent-unknown")]
    [InlineData("/v1/tasks/none", 404, "task-unknown")]
    [InlineData("/v1/none", 404, "route-unknown")]
    [InlineData("/v1/tasks?limit=0", 400, "bad-parameter")]
    [InlineData("/v1/tasks/t-1/logs?stream=other", 400, "bad-parameter")]
    [InlineData("/v1/tasks/t-1/logs?length=99999999", 400, "bad-parameter")]
    public async Task What_cannot_be_served_is_a_problem(string path, int status, string code)
    {
        await using var cluster = await FakeCluster.Start();
        using var client = cluster.Client();
        using var response = await client.GetAsync(path);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal($"urn:cluster-scheduler:problem:{code}", problem.RootElement.GetProperty("type").GetString());
        Assert.Equal(status, problem.RootElement.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.RootElement.GetProperty("detail").GetString()!);
    }

    [Fact]
    public async Task A_task_id_of_several_frameworks_must_be_said_with_its_framework()
    {
        await using var cluster = await FakeCluster.Start();
        cluster.Answers.Frameworks = [FakeAnswers.Framework, new FrameworkId("framework-2")];
        using var client = cluster.Client();
        using var ambiguous = await client.GetAsync("/v1/tasks/t-1");
        using var named = await client.GetAsync("/v1/tasks/t-1?framework=framework-2");
        Assert.Equal(HttpStatusCode.Conflict, ambiguous.StatusCode);
        Assert.Contains("framework-2", await ambiguous.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, named.StatusCode);
    }

    [Fact]
    public async Task Without_a_master_it_says_when_to_try_again()
    {
        await using var cluster = await FakeCluster.Start(
            settings => settings with { AskTimeout = TimeSpan.FromMilliseconds(100) });
        cluster.Answers.Silent = true;
        using var client = cluster.Client();
        using var response = await client.GetAsync("/v1/agents");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
    }

    [Fact]
    public async Task A_kill_carries_its_grace()
    {
        await using var cluster = await FakeCluster.Start();
        using var client = cluster.Client();
        using var response = await client.PostAsync("/v1/tasks/t-1/kill?graceMilliseconds=250", null);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Contains(cluster.Answers.Asked, asked =>
            asked is TaskProtocol.KillTask { TaskId.Value: "t-1", Grace.TotalMilliseconds: 250 });
    }

    [Fact]
    public async Task A_part_of_a_log_says_where_it_begins()
    {
        await using var cluster = await FakeCluster.Start();
        cluster.Answers.Log = "0123456789";
        using var client = cluster.Client();
        using var response = await client.GetAsync("/v1/tasks/t-1/logs?offset=-4&length=3");
        Assert.Equal("678", await response.Content.ReadAsStringAsync());
        Assert.Equal("6", response.Headers.GetValues("Log-Offset").Single());
        Assert.Equal("10", response.Headers.GetValues("Log-Size").Single());
        Assert.Equal("true", response.Headers.GetValues("Log-Ended").Single());
    }

    [Fact]
    public async Task A_followed_log_goes_on_until_the_task_ends()
    {
        await using var cluster = await FakeCluster.Start();
        cluster.Answers.LogEnded = false;
        cluster.Answers.Log = "one ";
        using var client = cluster.Client();
        using var response = await client.GetAsync(
            "/v1/tasks/t-1/logs?follow=true", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var first = new char[4];
        await reader.ReadBlockAsync(first).AsTask().WaitAsync(Patience);

        cluster.Answers.Log = "one two";
        cluster.Answers.LogEnded = true;

        Assert.Equal("one ", new string(first));
        Assert.Equal("two", await reader.ReadToEndAsync().WaitAsync(Patience));
    }

    [Fact]
    public async Task More_streams_than_allowed_are_refused()
    {
        await using var cluster = await FakeCluster.Start(settings => settings with { WatchesMax = 1 });
        cluster.Answers.LogEnded = false;
        using var client = cluster.Client();
        const string Path = "/v1/tasks/t-1/logs?follow=true";
        using var first = await client.GetAsync(Path, HttpCompletionOption.ResponseHeadersRead);
        using var second = await client.GetAsync(Path, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, second.StatusCode);
    }

    private static async Task<JsonDocument> Get(FakeCluster cluster, string path)
    {
        using var client = cluster.Client();
        return JsonDocument.Parse(await client.GetStringAsync(path));
    }
}
