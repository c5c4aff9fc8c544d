using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ClusterScheduler.Protocol;

namespace ClusterScheduler.Gateway.Tests;

/// <summary>/v1/quota and /v1/weights.</summary>
public sealed class RoleRouteTests
{
    [Fact]
    public async Task Quota_of_a_nested_role_is_put_and_deleted_by_its_path()
    {
        await using var cluster = await FakeCluster.Start();
        using var client = cluster.Client();
        using var put = await client.PutAsync("/v1/quota/eng/web?force=true", Json("""{"limits":{"cpus":1.5}}"""));
        Assert.Equal("""{"dryRun":false,"quota":[{"role":"eng/web","guarantees":{},"limits":{"cpus":1.5}}]}""",
            await put.Content.ReadAsStringAsync());

        using var deleted = await client.DeleteAsync("/v1/quota/eng%2Fweb?force=true&dryRun=true");
        Assert.Equal(HttpStatusCode.OK, deleted.StatusCode);
        var update = Assert.IsType<MasterProtocol.UpdateQuota>(cluster.Answers.Asked[^1]);
        Assert.Equal(("eng/web", true), (Assert.Single(update.Configs).Role, update.DryRun));
        Assert.Empty(update.Configs[0].Limits);
    }

    [Fact]
    public async Task The_reclaim_plan_says_how_far_it_may_go_what_is_asked_until_when_and_what_was_killed()
    {
        await using var cluster = await FakeCluster.Start();
        using var client = cluster.Client();
        var plan = await client.GetFromJsonAsync<JsonElement>("/v1/reclaim-plan");
        Assert.Equal(("kill-revocable", 60.0), (plan.GetProperty("mode").GetString(),
            plan.GetProperty("waitSeconds").GetDouble()));
        var task = plan.GetProperty("tasks")[0];
        Assert.Equal(("t-1", "asked", "declined", 3), (task.GetProperty("id").GetString(),
            task.GetProperty("state").GetString(), task.GetProperty("answer").GetString(),
            task.GetProperty("priority").GetInt32()));
        Assert.Equal("prod", plan.GetProperty("waiting")[0].GetProperty("role").GetString());
        Assert.Equal("t-0", plan.GetProperty("killed")[0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task Quota_of_several_roles_is_put_in_one_update()
    {
        await using var cluster = await FakeCluster.Start();
        using var client = cluster.Client();
        using var put = await client.PutAsync("/v1/quota?force=true", Json("""
            {"quota":[{"role":"eng","limits":{"cpus":4}},{"role":"eng/web","guarantees":{},"limits":{"cpus":3}}]}
            """));
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        var update = Assert.IsType<MasterProtocol.UpdateQuota>(Assert.Single(cluster.Answers.Asked));
        Assert.Equal(["eng", "eng/web"], update.Configs.Select(static config => config.Role));
        Assert.Equal((true, false), (update.Force, update.DryRun));
    }

    [Theory]
    [InlineData("""{"quota":[]}""", 400)]
    [InlineData("""{"quota":null}""", 400)]
    [InlineData("""{"quota":[null]}""", 400)]
    [InlineData("""{"quota":[{"role":null}]}""", 400)]
    [InlineData("""{"quota":[{"limits":{"cpus":1}}]}""", 400)]
    [InlineData("""{"quota":[{"role":"eng","limit":{"cpus":1}}]}""", 400)]
    [InlineData("""{"quota":[{"role":"eng","limits":{"cpus":-1}}]}""", 422)]
    [InlineData("""{"quota":[{"role":"eng","guarantees":{"cpus":1,"mem":1,"cpus":1}}]}""", 400)]
    public async Task A_list_that_is_not_right_is_refused_before_anybody_is_asked(string body, int status)
    {
        await using var cluster = await FakeCluster.Start();
        using var client = cluster.Client();
        using var put = await client.PutAsync("/v1/quota", Json(body));
        Assert.Equal(status, (int)put.StatusCode);
        Assert.Empty(cluster.Answers.Asked);
    }

    [Theory]
    [InlineData("/v1/quota/eng?dry-run=true", "has no parameter 'dry-run'; it takes force, dryRun")]
    [InlineData("/v1/weights/eng?dryRun=true", "has no parameter 'dryRun'; it takes none")]
    public async Task A_parameter_that_is_not_known_is_refused_before_anybody_is_asked(string path, string why)
    {
        await using var cluster = await FakeCluster.Start();
        using var client = cluster.Client();
        using var put = await client.PutAsync(path, Json("""{"weight":2}"""));
        Assert.Equal(HttpStatusCode.BadRequest, put.StatusCode);
        var problem = await put.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("urn:cluster-scheduler:problem:bad-parameter", problem.GetProperty("type").GetString());
        Assert.Contains(why, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(cluster.Answers.Asked);
    }

    [Fact]
    public async Task A_refusal_is_a_problem_with_the_exact_reason()
    {
        await using var cluster = await FakeCluster.Start();
        using var client = cluster.Client();
        using var put = await client.PutAsync("/v1/quota/eng", Json("""{"limits":{"cpus":1}}"""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, put.StatusCode);
        var problem = await put.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("urn:cluster-scheduler:problem:quota-limit-below-consumption",
            problem.GetProperty("type").GetString());
        Assert.Equal("role 'eng' uses 2 cpus now, above the limit of 1; force accepts that",
            problem.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("""{"limit":{"cpus":1}}""", 400)]
    [InlineData("""{"limits":{"cpus":"1"}}""", 400)]
    [InlineData("""{"limits":{"cpus":-1}}""", 422)]
    [InlineData("""{"limits":{"cpus":1e25}}""", 422)]
    [InlineData("""{"limits":{"cpus":0.0004}}""", 422)]
    [InlineData("""{"limits":{"":4}}""", 422)]
    [InlineData("""{"limits":{"cpus":1,"cpus":5}}""", 400)]
    [InlineData("""{"limits":{"cpus":1},"limits":{}}""", 400)]
    [InlineData("null", 400)]
    [InlineData("{", 400)]
    public async Task A_body_that_is_not_right_is_refused_before_anybody_is_asked(string body, int status)
    {
        await using var cluster = await FakeCluster.Start();
        using var client = cluster.Client();
        using var put = await client.PutAsync("/v1/quota/eng", Json(body));
        Assert.Equal(status, (int)put.StatusCode);
        Assert.Empty(cluster.Answers.Asked);
    }

    [Theory]
    [InlineData("quota", """{"quota":[{"role":"eng","limits":{"cpus":"a"}}]}""",
        "line 1, $.quota[0].limits.cpus: expected a number")]
    [InlineData("quota", "{\n\"quota\":3}", "line 2, $.quota: expected a list")]
    [InlineData("quota", """{"quota":[{"limits":{}}]}""",
        "line 1, $.quota[0]: expected an object with role (needed), guarantees, limits")]
    [InlineData("quota", """{"quota":[{"role":3}]}""", "line 1, $.quota[0].role: expected a text")]
    [InlineData("quota", "[]", "line 1, $: expected an object with quota (needed)")]
    [InlineData("quota", "{", "line 1, from byte 2 on it is no JSON")]
    [InlineData("quota/eng", """{"limit":{}}""", "line 1, $.limit: there is no 'limit' here; there may be guarantees")]
    [InlineData("quota/eng", """{"limits":[1]}""", "line 1, $.limits: expected an object of names and numbers")]
    [InlineData("quota/eng", """{"limits":{"a.b":true}}""", "expected a number")]
    [InlineData("quota/eng", """{"limits":{"cpus":1,"cpus":2}}""", "a name is given twice")]
    [InlineData("weights/eng", """{"weight":"2"}""", "line 1, $.weight: expected a number")]
    [InlineData("weights/eng", "{}", "line 1, $: expected an object with weight (needed)")]
    [InlineData("maintenance/schedule", """{"windows":[null]}""", "'windows' has a null; each must be an object")]
    [InlineData("maintenance/schedule", """{"windows":[{"machines":[null],"start":"2027-01-31T02:00:00Z"}]}""",
        "'machines' has a null; each must be a host name")]
    [InlineData("maintenance/schedule", """{"windows":[{"machines":["a"],"start":"soon"}]}""",
        "line 1, $.windows[0].start: expected a time such as")]
    public async Task A_body_of_another_form_is_refused_with_the_place_and_what_is_expected(
        string path, string body, string why)
    {
        await using var cluster = await FakeCluster.Start();
        using var client = cluster.Client();
        using var put = await client.PutAsync($"/v1/{path}", Json(body));
        Assert.Equal(HttpStatusCode.BadRequest, put.StatusCode);
        var detail = (await put.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString();
        Assert.Contains(why, detail, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", detail, StringComparison.Ordinal);
        Assert.DoesNotContain("ClusterScheduler", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_weight_is_put_and_deleting_it_makes_it_ordinary()
    {
        await using var cluster = await FakeCluster.Start();
        using var client = cluster.Client();
        using var put = await client.PutAsync("/v1/weights/eng", Json("""{"weight":2}"""));
        Assert.Equal("""{"weights":[{"role":"eng","weight":2}]}""", await put.Content.ReadAsStringAsync());
        using var deleted = await client.DeleteAsync("/v1/weights/eng");
        Assert.Equal("""{"weights":[{"role":"eng","weight":1}]}""", await deleted.Content.ReadAsStringAsync());
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
