using System.Net;
using System.Text.Json;
using ClusterScheduler.Protocol;

namespace ClusterScheduler.Gateway.Tests;

/// <summary>Agents declared gone, and removals allowed: never without the operator's word.</summary>
public sealed class AgentLossCommandTests
{
    [Theory]
    [InlineData("/v1/commands/agent/gone?agent=host-1", "not-confirmed", "1 tasks would count as ended")]
    [InlineData("/v1/commands/agent/gone?agent=none&yes=true", "agent-unknown", "'none'")]
    [InlineData("/v1/commands/agent/allow-removals?yes=true", "nothing-held", "nothing to allow")]
    public async Task What_is_not_confirmed_or_not_there_changes_nothing(string path, string code, string said)
    {
        await using var cluster = await FakeCluster.Start();
        using var client = cluster.Client();
        using var response = await client.PostAsync(path, null);
        var problem = await response.Content.ReadAsStringAsync();
        Assert.False(response.IsSuccessStatusCode);
        Assert.Contains($":{code}", problem, StringComparison.Ordinal);
        Assert.Contains(said, WebUtility.HtmlDecode(problem.Replace("\\u0027", "'", StringComparison.Ordinal)),
            StringComparison.Ordinal);
        Assert.DoesNotContain(
            cluster.Answers.Asked,
            question => question is MasterProtocol.MarkAgentGone or MasterProtocol.AllowAgentRemovals);
    }

    [Fact]
    public async Task A_confirmed_agent_is_declared_gone_by_its_id()
    {
        await using var cluster = await FakeCluster.Start();
        using var client = cluster.Client();
        using var response = await client.PostAsync("/v1/commands/agent/gone?agent=host-1&yes=true", null);
        Assert.Equal(
            """{"sentence":"agent a-1 (host-1) is declared gone"}""", await response.Content.ReadAsStringAsync());
        Assert.Equal("a-1", Assert.Single(cluster.Answers.Asked.OfType<MasterProtocol.MarkAgentGone>()).AgentId.Value);
    }

    [Fact]
    public async Task Held_removals_are_shown_and_allowed()
    {
        await using var cluster = await FakeCluster.Start();
        cluster.Answers.Held = new MasterProtocol.HeldRemovals(3, 4, 0.5);
        using var client = cluster.Client();
        using var list = JsonDocument.Parse(await client.GetStringAsync("/v1/agents"));
        Assert.Equal(3, list.RootElement.GetProperty("held").GetProperty("missing").GetInt32());
        using var table = JsonDocument.Parse(await client.GetStringAsync("/v1/commands/agent/list"));
        Assert.StartsWith(
            "3 of 4 agents did not come back", table.RootElement.GetProperty("note").GetString(),
            StringComparison.Ordinal);

        using var unsaid = await client.PostAsync("/v1/commands/agent/allow-removals", null);
        Assert.Equal(HttpStatusCode.Conflict, unsaid.StatusCode);
        using var said = await client.PostAsync("/v1/commands/agent/allow-removals?yes=true", null);
        Assert.Contains("3 missing agents", await said.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
