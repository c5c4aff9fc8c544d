using System.Net;
using System.Text.Json;

namespace ClusterScheduler.Gateway.Tests;

public sealed class CommandRouteTests
{
    [Theory]
    [InlineData("/v1/commands/agent/list", "host", "host-1")]
    [InlineData("/v1/commands/agent/list", "domain", "eu/eu-1")]
    [InlineData("/v1/commands/agent/show?agent=host-1", "id", "a-1")]
    [InlineData("/v1/commands/task/show?task=t-1", "state", "TASK_FAILED")]
    public async Task A_command_that_looks_is_got(string path, string column, string value)
    {
        await using var cluster = await FakeCluster.Start();
        using var client = cluster.Client();
        using var answer = JsonDocument.Parse(await client.GetStringAsync(path));
        Assert.Equal(value, answer.RootElement.GetProperty("rows")[0].GetProperty(column).GetString());
    }

    [Fact]
    public async Task A_command_that_changes_something_is_posted()
    {
        await using var cluster = await FakeCluster.Start();
        using var client = cluster.Client();
        Assert.Equal(
            HttpStatusCode.MethodNotAllowed, (await client.GetAsync("/v1/commands/task/kill?task=t-1")).StatusCode);
        using var killed = await client.PostAsync("/v1/commands/task/kill?task=t-1", null);
        Assert.Equal("""{"sentence":"t-1 is being killed"}""", await killed.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/v1/commands/agent/explode", 404, "command-unknown")]
    [InlineData("/v1/commands/agent/show", 400, "bad-argument")]
    [InlineData("/v1/commands/agent/show?agent=none", 404, "agent-unknown")]
    [InlineData("/v1/commands/agent/list?colour=red", 400, "bad-argument")]
    [InlineData("/v1/commands/cluster/members", 409, "no-cluster")]
    [InlineData("/v1/commands/job/list", 503, "no-services")]
    public async Task What_cannot_be_done_is_a_problem(string path, int status, string code)
    {
        await using var cluster = await FakeCluster.Start();
        using var client = cluster.Client();
        using var response = await client.GetAsync(path);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal($"urn:cluster-scheduler:problem:{code}", problem.RootElement.GetProperty("type").GetString());
    }

    [Fact]
    public async Task The_catalogue_is_there_for_programs()
    {
        await using var cluster = await FakeCluster.Start();
        using var client = cluster.Client();
        using var answer = JsonDocument.Parse(await client.GetStringAsync("/v1/commands"));
        Assert.Contains(answer.RootElement.GetProperty("commands").EnumerateArray(), command =>
            command.GetProperty("group").GetString() == "cluster"
            && command.GetProperty("name").GetString() == "leave");
    }
}
