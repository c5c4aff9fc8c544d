using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Tests.Allocation;

/// <summary>Questions, wishes and refused calls use up none of the names that custom resources may have.</summary>
public sealed class AllocatorQuestionTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;
    private static readonly FrameworkId Framework = new("f");
    private static readonly ResourceSet Odd =
        ResourceSet.Parse(string.Join(';', Enumerable.Range(0, 65).Select(at => $"odd{at}:1")));

    private readonly Allocator allocator = new(new AllocatorSettings { MinAllocatable = MinAllocatable.Anything });

    public AllocatorQuestionTests()
    {
        Assert.Null(allocator.AddFramework(new FrameworkProfile(Framework, [RoleName.Any])));
        Assert.Null(Add("a", "cpus:1"));
    }

    [Fact]
    public void A_question_about_unknown_names_is_answered_and_leaves_nothing_behind()
    {
        var near = Assert.Single(allocator.Why(Framework, RoleName.Any, Odd, Now)!.Nearest);
        Assert.Equal(OfferRule.TooSmall, near.Rule);
        Assert.Equal(Odd, near.Missing);
        Assert.Empty(allocator.ViewFreeAgents(Framework, RoleName.Any, Odd, null, 10, Now));
        Assert.Null(Add("b", "cpus:1;licence:1"));
    }

    [Fact]
    public void The_least_offer_of_a_framework_may_name_what_no_agent_has_yet()
    {
        var least = new MinAllocatable([Odd, ResourceSet.Parse("licence:2")]);
        Assert.Null(allocator.UpdateFramework(new FrameworkProfile(Framework, [RoleName.Any])
        {
            MinAllocatable = new Dictionary<RoleName, MinAllocatable> { [RoleName.Any] = least },
        }));
        Assert.Empty(allocator.Allocate(Now));
        Assert.Null(Add("b", "licence:1"));
        Assert.Empty(allocator.Allocate(Now));
        Assert.Null(Add("c", "licence:2"));
        Assert.Equal(new AgentId("c"), Assert.Single(allocator.Allocate(Now)).Agent);
    }

    [Fact]
    public void A_refused_agent_leaves_no_names_behind()
    {
        for (var at = 0; at < 65; at++)
        {
            Assert.Equal(AllocatorFault.AgentTooLarge, allocator.AddAgent(
                new AgentProfile(new AgentId("b"), Much($"odd{at}")), [])?.Fault);
        }

        Assert.Null(Add("b", "licence:1"));
    }

    [Fact]
    public void A_name_counts_once_and_a_known_one_not_at_all()
    {
        var few = new Allocator(new AllocatorSettings { CustomScalarsMax = 2 });
        var twice = ResourceSet.Parse("x:1;x(a):1;y(a):1");
        Assert.Null(few.AddAgent(new AgentProfile(new AgentId("a"), twice), []));
        Assert.Null(few.CheckQuota([new RoleQuota(RoleName.Parse("r"), Quota.Parse("", "x:1;y:1"))]));
        Assert.Null(few.CheckQuota([]));
    }

    [Fact]
    public void Names_of_the_total_and_of_uses_are_counted_together()
    {
        var few = new Allocator(new AllocatorSettings { CustomScalarsMax = 1 });
        Assert.Null(few.AddFramework(new FrameworkProfile(Framework, [RoleName.Any])));
        var profile = new AgentProfile(new AgentId("a"), ResourceSet.Parse("x:1"));
        var use = new AgentUse(Framework, RoleName.Any, ResourceSet.Parse("y:1"));
        Assert.Equal(AllocatorFault.TooManyResourceNames, few.AddAgent(profile, [use])?.Fault);
        Assert.Null(few.AddAgent(profile, []));
    }

    private AllocatorRefusal? Add(string agent, string total) =>
        allocator.AddAgent(new AgentProfile(new AgentId(agent), ResourceSet.Parse(total)), []);

    private static ResourceSet Much(string name) => ResourceSet.Of(
        new ResourceItem(new ResourceKey(name, ResourceKind.Scalar), new Scalar(long.MaxValue / 2)));
}
