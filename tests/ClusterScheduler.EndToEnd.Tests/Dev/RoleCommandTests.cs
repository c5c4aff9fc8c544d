using ClusterScheduler.EndToEnd.Tests.Harness;

namespace ClusterScheduler.EndToEnd.Tests.Dev;

/// <summary>csched role, quota and weight against a running csched dev, and across its kill -9.</summary>
public sealed class RoleCommandTests
{
    [Fact]
    public async Task Quota_and_weights_are_set_shown_refused_and_kept()
    {
        using var workspace = new Workspace();
        await using var cluster = DevCluster.Start(workspace);
        await Says(cluster, "it would be accepted", "quota", "set", "eng", "--guarantee", "cpus:1", "--dry-run");
        Assert.Equal(1, (await cluster.Ask("quota", "get", "eng")).ExitCode);
        await Says(
            cluster, "cpus:2;mem:64", "quota", "set", "eng", "--guarantee", "cpus:1", "--limit", "mem:64;cpus:2");
        var refused = await cluster.Ask("quota", "set", "eng/web", "--limit", "cpus:3");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("above the limit of 2 of a role above it", refused.Errors, StringComparison.Ordinal);
        await Says(cluster, "role eng has the weight 2.5", "weight", "set", "eng", "2.5");
        Assert.Equal(2, (await cluster.Ask("weight", "set", "eng", "0")).ExitCode);

        await cluster.KillAndRestart();
        await Says(cluster, "cpus:2;mem:64", "quota", "list");
        await Says(cluster, "2.5", "weight", "list");
        await Says(cluster, "limits      cpus:2;mem:64", "role", "show", "eng");
        await Says(cluster, "eng   2.5", "role", "list");
        await Says(cluster, "OF ROLE", "role", "reclaim-plan");
        await Says(cluster, "this is a dry run, nothing is done", "role", "reclaim-plan");

        // Sub-roles that grow beyond their parent's old limit need it to grow in the same step.
        var alone = workspace.File("alone.json", """{"quota":[{"role":"eng/web","limits":{"cpus":3}}]}""");
        Assert.Equal(2, (await cluster.Ask("quota", "set", "-f", alone)).ExitCode);
        var both = workspace.File("both.json", """
            {"quota":[{"role":"eng/web","limits":{"cpus":3}},{"role":"eng","limits":{"cpus":4}}]}
            """);
        await Says(cluster, "it would be accepted", "quota", "set", "-f", both, "--dry-run");
        await Says(cluster, "eng/web", "quota", "set", "-f", both);
        await Says(cluster, "cpus:2", "quota", "set", "eng", "eng/web", "--limit", "cpus:2");
        Assert.Equal(2, (await cluster.Ask("quota", "set", "eng", "-f", both)).ExitCode);
        Assert.Equal(2, (await cluster.Ask("quota", "set", "-f", workspace.Inside("none"))).ExitCode);
        await Says(cluster, "has no quota any more", "quota", "remove", "eng/web");
        await Says(cluster, "has no quota any more", "quota", "remove", "eng");
        Assert.Equal(1, (await cluster.Ask("quota", "get", "eng")).ExitCode);
    }

    [Fact]
    public async Task Why_says_what_keeps_offers_from_a_task_a_framework_and_a_role()
    {
        using var workspace = new Workspace();
        await using var cluster = DevCluster.Start(workspace);
        var file = workspace.File("huge.yaml", """
            jobs: [{name: huge, task: {command: 'true', resources: {cpus: 64}}}]
            """);
        await Says(cluster, "default/devel/huge", "job", "run", file);
        await Until(cluster, "role *:", "why", "framework", "services");
        await Until(cluster, "waited for by 1 task of default/devel/huge", "why", "framework", "services");
        await Until(cluster, "short of cpus", "why", "framework", "services", "--demand", "cpus:64");
        await Until(cluster, "role * for cpus:64", "why", "default/devel/huge");
        await Until(cluster, "role * for cpus:64", "why", "task", "default/devel/huge");
        await Says(cluster, "framework: services", "why", "role", "*");
        await Says(cluster, "offers are taken back after 5m", "framework", "show", "services");
        Assert.Equal(1, (await cluster.Ask("why", "framework", "nobody")).ExitCode);
        Assert.Equal(2, (await cluster.Ask("why", "framework", "services", "--demand", "much")).ExitCode);
    }

    [Fact]
    public async Task Resources_are_reserved_made_to_volumes_kept_and_given_back()
    {
        const string volume = "disk(+eng)[id=db,path=data]:8";
        using var workspace = new Workspace();
        await using var cluster = DevCluster.Start(workspace);
        await Until(cluster, "cpus(+eng):0.5", "agent", "reserve", "agent-1", "cpus(+eng):0.5;disk(+eng):8");
        await Says(cluster, volume, "agent", "create-volume", "agent-1", volume);
        var refused = await cluster.Ask("agent", "unreserve", "agent-1", volume);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("destroy it first", refused.Errors, StringComparison.Ordinal);

        await cluster.KillAndRestart();
        await Until(cluster, "active", "agent", "show", "agent-1");
        await Says(cluster, "cpus(+eng):0.5", "agent", "show", "agent-1");
        await Says(cluster, "[id=db,path=data]:3", "agent", "shrink-volume", "agent-1", volume, "5");
        await Says(cluster, "[id=db,path=data]:8", "agent", "grow-volume", "agent-1",
            "disk(+eng)[id=db,path=data]:3", "5");
        var tooMuch = await cluster.Ask("agent", "shrink-volume", "agent-1", volume, "8");
        Assert.Equal(2, tooMuch.ExitCode);
        Assert.Contains("less than the volume", tooMuch.Errors, StringComparison.Ordinal);
        await Says(cluster, "has now", "agent", "destroy-volume", "agent-1", volume);
        await Says(cluster, "cpus(+ads):0.5",
            "agent", "reserve", "agent-1", "cpus(+ads):0.5", "--source", "cpus(+eng):0.5");
        await Says(cluster, "has now", "agent", "unreserve", "agent-1", "cpus(+ads):0.5;disk(+eng):8");
        var shown = await cluster.Ask("agent", "show", "agent-1");
        Assert.DoesNotContain("ads", shown.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("eng", shown.Output, StringComparison.Ordinal);
    }

    private static async Task Until(DevCluster cluster, string wanted, params string[] command)
    {
        var said = "";
        var waiting = System.Diagnostics.Stopwatch.StartNew();
        while (!said.Contains(wanted, StringComparison.Ordinal))
        {
            Assert.True(waiting.Elapsed < Csched.Patience, $"'{wanted}' was not said; the last answer:\n{said}");
            said = (await cluster.Ask(command)).ToString();
        }
    }

    private static async Task Says(DevCluster cluster, string wanted, params string[] command)
    {
        var result = await cluster.Ask(command);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains(wanted, result.Output, StringComparison.Ordinal);
    }
}
