using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Preemption;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Tests.Preemption;

public sealed class ReclaimRolesTests
{
    [Fact]
    public void A_role_needs_what_it_lacks_and_wants_beyond_what_is_free_which_serves_roles_by_name()
    {
        var accounts = Of(
            "cpus:3",
            View("a", unmet: "cpus:2;mem:8"),
            View("b", unmet: "cpus:2"),
            View("c", unmet: "cpus:2", wants: false));
        Assert.Equal(["mem:8", "cpus:1", ""], accounts.Select(static role => role.Unmet.ToString()));
    }

    [Fact]
    public void What_is_free_where_a_role_can_be_offered_nothing_does_not_serve_it()
    {
        var (gpu, plain) = (new AgentId("gpu"), new AgentId("plain"));
        var free = new Dictionary<AgentId, ResourceSet>
        {
            [gpu] = ResourceSet.Parse("cpus:8"),
            [plain] = ResourceSet.Parse("cpus:1"),
        };
        var accounts = ReclaimRoles.From(
            [View("a", unmet: "cpus:2"), View("b", unmet: "cpus:2")],
            free,
            (role, agent) => agent == plain || role.Value == "b");
        Assert.Equal(["cpus:1", ""], accounts.Select(static role => role.Unmet.ToString()));
    }

    [Fact]
    public void Excess_is_what_is_consumed_beyond_the_guarantee_offers_not_counted()
    {
        var account = Assert.Single(
            Of("", View("a", consumed: "cpus:5;mem:8", guarantee: "cpus:3", offered: "cpus:9")));
        Assert.Equal("cpus:2;mem:8", account.Excess.ToString());
        Assert.Equal(account.Excess, account.OwnExcess);
    }

    [Fact]
    public void What_sub_roles_are_guaranteed_is_not_due_to_frameworks_of_the_role_itself()
    {
        var accounts = Of(
            "",
            View("eng", consumed: "cpus:10", guarantee: "cpus:10"),
            View("eng/db", guarantee: "cpus:4", unmet: "cpus:4"),
            View("eng/web", consumed: "cpus:3"));
        Assert.Equal("", accounts[0].Excess.ToString());
        Assert.Equal("cpus:1", accounts[0].OwnExcess.ToString());
        Assert.Equal("cpus:3", accounts[2].Excess.ToString());
    }

    [Fact]
    public void The_clock_starts_anew_for_a_role_that_got_what_it_is_guaranteed()
    {
        var waits = Of("", View("a", unmet: "cpus:1"));
        var clock = UnmetClock.Empty.Next(waits, Scene.Start).Next(waits, Scene.Start.AddMinutes(1));
        Assert.Equal(Scene.Start, Assert.Single(clock.Stamp(waits)).UnmetSince);
        clock = clock.Next(Of("", View("a")), Scene.Start.AddMinutes(2)).Next(waits, Scene.Start.AddMinutes(3));
        Assert.Equal(Scene.Start.AddMinutes(3), Assert.Single(clock.Stamp(waits)).UnmetSince);
    }

    private static IReadOnlyList<ReclaimRole> Of(string free, params RoleView[] roles) =>
        ReclaimRoles.From(
            roles,
            new Dictionary<AgentId, ResourceSet> { [new AgentId("a")] = ResourceSet.Parse(free) },
            static (_, _) => true);

    private static RoleView View(
        string role, string consumed = "", string guarantee = "", string unmet = "", string offered = "",
        bool wants = true) => new(
        RoleName.Parse(role), 1, 0, default, ResourceSet.Parse(consumed), ResourceSet.Parse(offered), default,
        ResourceSet.Parse(guarantee), new Dictionary<string, Scalar>(), ResourceSet.Parse(unmet), 1)
    {
        WantsOffers = wants,
    };
}
