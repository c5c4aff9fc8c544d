using System.Net.Http.Json;
using System.Text.Json;
using ClusterScheduler.Core.Jobs;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Protocol;

namespace ClusterScheduler.Gateway.Tests;

/// <summary>/v1/why of a task that waits for an offer, and of a framework.</summary>
public sealed class WhyRouteTests
{
    [Fact]
    public async Task A_waiting_task_tells_all_rules_for_whom_agents_are_kept_and_what_is_short()
    {
        await using var cluster = await FakeCluster.Start();
        var why = await Why(cluster);
        Assert.False(why.TryGetProperty("heldBackUntil", out var until) && until.ValueKind != JsonValueKind.Null);
        var allocation = why.GetProperty("allocation");
        Assert.Equal(["headroom 3 3", "tooSmall 3 0"], allocation.GetProperty("rules").EnumerateArray()
            .Select(rule => $"{rule.GetProperty("rule")} {rule.GetProperty("agents")} {rule.GetProperty("first")}"));
        Assert.Equal("eng", allocation.GetProperty("keptFor")[0].GetProperty("role").GetString());
        var near = allocation.GetProperty("nearest")[0];
        Assert.Equal(["headroom", "tooSmall"],
            near.GetProperty("rules").EnumerateArray().Select(rule => rule.GetString()!));
        Assert.Equal("cpus:4", near.GetProperty("free").GetString());
    }

    [Fact]
    public async Task A_waiting_task_says_until_when_offers_are_held_back_after_a_failover()
    {
        await using var cluster = await FakeCluster.Start();
        cluster.Answers.OffersHeldBackUntil = DateTimeOffset.UnixEpoch;
        Assert.Equal(DateTimeOffset.UnixEpoch, (await Why(cluster)).GetProperty("heldBackUntil").GetDateTimeOffset());
    }

    [Fact]
    public async Task Why_of_the_framework_of_the_service_scheduler_is_about_what_its_tasks_wait_for()
    {
        await using var cluster = await FakeCluster.Start();
        cluster.Answers.Demands = new ServicesProtocol.DemandList(
            [
                new ServicesProtocol.PendingDemand(
                    "*", ResourceSet.Parse("cpus:64"), 3, [new JobKey("me", "devel", "huge")], 2),
            ],
            7);
        var why = await Framework(cluster, "");
        Assert.Equal(["", "cpus:64"], Told(why));
        Assert.Equal(6, why.GetProperty("moreDemands").GetInt32());
        var tasks = why.GetProperty("roles")[1].GetProperty("waitedForBy");
        Assert.Equal((3, 2), (tasks.GetProperty("instances").GetInt32(), tasks.GetProperty("jobCount").GetInt32()));
        Assert.Equal("me/devel/huge", tasks.GetProperty("jobs")[0].GetString());
        Assert.Equal(["cpus:2"], Told(await Framework(cluster, "?demand=cpus:2")));
    }

    [Theory]
    [InlineData("cpus(eng):1", "write cpus:..., not cpus(eng):...")]
    [InlineData("mem:1;cpus{REV}:1", "write cpus:..., not cpus{REV}:...")]
    [InlineData("disk(eng)[id=db,path=data]:1", "write disk:...")]
    [InlineData("cpus:0.0004", "it would be nothing")]
    public async Task A_demand_that_cannot_be_asked_about_is_refused_before_anybody_is_asked(string demand, string why)
    {
        await using var cluster = await FakeCluster.Start();
        using var client = cluster.Client();
        using var response = await client.GetAsync(
            $"/v1/allocation/frameworks/{FakeAnswers.Framework}?demand={Uri.EscapeDataString(demand)}");
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Contains(why, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(cluster.Answers.Asked);
    }

    [Fact]
    public async Task Several_demands_are_asked_about_together()
    {
        await using var cluster = await FakeCluster.Start();
        var why = await Framework(cluster, "?role=*&demand=cpus:2&demand=&demand=mem:64");
        Assert.Equal(["cpus:2", "mem:64"], Told(why));
        using var client = cluster.Client();
        var many = string.Concat(Enumerable.Repeat("demand=cpus:1&", 101));
        foreach (var query in new[] { "demand=much", many })
        {
            using var response = await client.GetAsync($"/v1/allocation/frameworks/{FakeAnswers.Framework}?{query}");
            Assert.Equal(400, (int)response.StatusCode);
        }
    }

    [Fact]
    public async Task A_service_scheduler_that_says_nothing_keeps_no_explanation_back_and_that_is_said()
    {
        await using var cluster = await FakeCluster.Start();
        Assert.False((await Framework(cluster, "")).GetProperty("demandsUnknown").GetBoolean());
        cluster.Answers.Demands = null;
        var why = await Framework(cluster, "?role=&demand=");
        Assert.Equal([""], Told(why));
        Assert.True(why.GetProperty("demandsUnknown").GetBoolean());
    }

    private static IEnumerable<string> Told(JsonElement why) =>
        why.GetProperty("roles").EnumerateArray().Select(role => role.GetProperty("demand").GetString()!);

    private static async Task<JsonElement> Framework(FakeCluster cluster, string query)
    {
        using var client = cluster.Client();
        return await client.GetFromJsonAsync<JsonElement>(
            $"/v1/allocation/frameworks/{FakeAnswers.Framework}{query}");
    }

    private static async Task<JsonElement> Why(FakeCluster cluster)
    {
        using var client = cluster.Client();
        return await client.GetFromJsonAsync<JsonElement>("/v1/why/job-0-0");
    }
}
