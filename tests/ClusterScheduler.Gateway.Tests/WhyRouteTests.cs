using System.Net.Http.Json;
using System.Text.Json;

namespace ClusterScheduler.Gateway.Tests;

/// <summary>/v1/why of a task that waits for an offer.</summary>
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

    private static async Task<JsonElement> Why(FakeCluster cluster)
    {
        using var client = cluster.Client();
        return await client.GetFromJsonAsync<JsonElement>("/v1/why/job-0-0");
    }
}
