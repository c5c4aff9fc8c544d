using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Tests.Allocation;

/// <summary>How many frameworks a role has, and how often it was served, at every level of the tree.</summary>
public sealed class AllocatorRoleCountTests
{
    private static readonly AgentId Agent = new("a1");
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly Allocator allocator = new(AllocatorSettings.Default);

    [Fact]
    public void Every_level_counts_its_frameworks_and_forgets_those_that_left()
    {
        Add("f1", "eng/web");
        Add("f2", "eng/web");
        Add("f3", "eng");
        Assert.Equal((3, 2), (Count("eng"), Count("eng/web")));

        Assert.Null(allocator.RemoveFramework(new FrameworkId("f1")));
        Assert.Equal((2, 1), (Count("eng"), Count("eng/web")));
        Assert.Null(allocator.RemoveFramework(new FrameworkId("f3")));
        Assert.Equal((1, 1), (Count("eng"), Count("eng/web")));
        Assert.Null(allocator.RemoveFramework(new FrameworkId("f2")));
        Assert.Empty(allocator.ViewRoles());
    }

    [Fact]
    public void A_framework_that_changes_its_role_is_counted_where_it_is()
    {
        Add("f", "eng/web");
        Assert.Null(allocator.UpdateFramework(new FrameworkProfile(new FrameworkId("f"), [RoleName.Parse("ads")])));
        Assert.Equal(1, Count("ads"));
        Assert.Equal("ads", Assert.Single(allocator.ViewRoles()).Role.Value);
    }

    [Fact]
    public void A_framework_that_left_its_role_counts_there_until_it_holds_nothing_in_it()
    {
        AddAgent();
        Add("f", "eng");
        ServedOnce("f", declines: false);
        Assert.Null(allocator.UpdateFramework(new FrameworkProfile(new FrameworkId("f"), [RoleName.Parse("ads")])));
        Assert.Equal((1, 1), (Count("eng"), Count("ads")));

        Decline("f", "eng");
        Assert.Null(allocator.ViewRole(RoleName.Parse("eng")));
    }

    [Fact]
    public void A_role_that_lost_its_frameworks_forgets_how_often_it_was_served()
    {
        // Weights keep both roles in the tree while nobody is in them.
        Assert.Null(allocator.SetWeight(RoleName.Parse("a"), 2));
        Assert.Null(allocator.SetWeight(RoleName.Parse("b"), 2));
        AddAgent();
        Add("fa", "a");
        Add("fb", "b");
        ServedOnce("fa");
        ServedOnce("fb");

        // Served as often as a, and later by name: only as one that was never served it comes first.
        Assert.Null(allocator.RemoveFramework(new FrameworkId("fb")));
        Add("fb", "b");
        ServedOnce("fb");
    }

    [Fact]
    public void A_role_whose_sub_roles_live_on_forgets_how_often_its_own_frameworks_were_served()
    {
        AddAgent();
        Add("own", "p");
        Add("sub", "p/x");
        ServedOnce("own");
        ServedOnce("sub");
        ServedOnce("own");

        Assert.Null(allocator.RemoveFramework(new FrameworkId("own")));
        Add("own", "p");
        ServedOnce("own");
    }

    [Fact]
    public void A_role_that_keeps_a_framework_remembers_how_often_it_was_served()
    {
        AddAgent();
        Add("f1", "a");
        Add("f2", "a");
        Add("fb", "b");
        ServedOnce("f1");
        ServedOnce("fb");
        ServedOnce("f2");
        Assert.Null(allocator.RemoveFramework(new FrameworkId("f1")));
        ServedOnce("fb");
    }

    [Fact]
    public void A_role_beside_its_sub_roles_remembers_it_as_long_as_it_has_a_framework_of_its_own()
    {
        AddAgent();
        Add("own1", "p");
        Add("own2", "p");
        Add("sub", "p/x");
        ServedOnce("own1");
        ServedOnce("sub");
        ServedOnce("own2");
        Assert.Null(allocator.RemoveFramework(new FrameworkId("own1")));
        ServedOnce("sub");
    }

    private int Count(string role) => allocator.ViewRole(RoleName.Parse(role))!.Frameworks;

    private void AddAgent() =>
        Assert.Null(allocator.AddAgent(new AgentProfile(Agent, ResourceSet.Parse("cpus:4;mem:1024")), []));

    private void Add(string framework, string role) => Assert.Null(
        allocator.AddFramework(new FrameworkProfile(new FrameworkId(framework), [RoleName.Parse(role)])));

    private void ServedOnce(string framework, bool declines = true)
    {
        var offer = Assert.Single(allocator.Allocate(Now));
        Assert.Equal(framework, offer.Framework.Value);
        if (declines)
        {
            Decline(framework, offer.Role.Value);
        }
    }

    private void Decline(string framework, string role) => Assert.Null(allocator.RecoverOffered(
        new FrameworkId(framework), RoleName.Parse(role), Agent, ResourceSet.Parse("cpus:4;mem:1024"), TimeSpan.Zero,
        Now));
}
