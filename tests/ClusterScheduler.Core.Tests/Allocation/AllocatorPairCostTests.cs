using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Tests.Allocation;

/// <summary>Asking one more framework at an agent allocates nothing, whatever the agent has.</summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class AllocatorPairCostTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;
    private static readonly RoleName Role = RoleName.Parse("a");
    private static readonly AgentId Agent = new("agent");

    [Theory]
    [InlineData("cpus:4;mem:1024")]
    [InlineData("cpus:4;mem:1024;ports:[1-20,30-40];zones:{x,y}")]
    [InlineData("cpus:4;licence:3;cpus(b):2;mem(a):64")]
    [InlineData("cpus:4;cpus{REV}:2;cpus(+a,+a/x):2;mem:64")]
    [InlineData("cpus:4;disk(a)[id=v,path=p]<SHARED>:50")]
    public void Frameworks_that_declined_cost_no_memory(string total)
    {
        Assert.Equal(BytesOfARound(total, 10, constraint: null), BytesOfARound(total, 300, constraint: null));
    }

    [Theory]
    [InlineData(AttributePredicate.TextMatches, "r[2-9]")]
    [InlineData(AttributePredicate.TextEquals, "r2")]
    [InlineData(AttributePredicate.NotExists, "")]
    public void Frameworks_with_constraints_cost_no_memory(AttributePredicate predicate, string text)
    {
        var constraint = AttributeConstraint.TryCreate(AttributeSelector.Attribute, "rack", predicate, text);
        Assert.Equal(BytesOfARound("cpus:4", 10, constraint), BytesOfARound("cpus:4", 300, constraint));
    }

    [Fact]
    public void Random_order_costs_no_memory_for_frameworks_that_are_not_reached()
    {
        Assert.Equal(BytesOfRandomRound(20), BytesOfRandomRound(2_000));
    }

    private static long BytesOfARound(string total, int frameworks, AttributeConstraint? constraint)
    {
        var allocator = new Allocator(new AllocatorSettings { MinAllocatable = MinAllocatable.Anything });
        for (var at = 0; at < frameworks; at++)
        {
            Assert.Null(allocator.AddFramework(Profile(at, constraint)));
        }

        Assert.Null(allocator.AddAgent(
            new AgentProfile(Agent, ResourceSet.Parse(total)) { Attributes = [new AgentAttribute("rack", "r1")] }, []));
        for (var offers = allocator.Allocate(Now); offers.Count > 0; offers = allocator.Allocate(Now))
        {
            foreach (var offer in offers)
            {
                Assert.Null(allocator.RecoverOffered(
                    offer.Framework, offer.Role, offer.Agent, offer.Resources, FilterDuration.Most, Now));
            }
        }

        return LeastOf(20, () =>
        {
            Assert.Null(allocator.SetAgentActive(Agent, false));
            Assert.Null(allocator.SetAgentActive(Agent, true));
            var before = GC.GetAllocatedBytesForCurrentThread();
            var offers = allocator.Allocate(Now);
            var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.Empty(offers);
            return bytes;
        });
    }

    private static FrameworkProfile Profile(int at, AttributeConstraint? constraint) =>
        new(new FrameworkId($"f{at:D4}"), [Role])
        {
            Capabilities = at % 2 == 0
                ? FrameworkCapabilities.SharedResources
                : FrameworkCapabilities.SharedResources | FrameworkCapabilities.RevocableResources
                    | FrameworkCapabilities.ReservationRefinement,
            Constraints = constraint is null
                ? new Dictionary<RoleName, OfferConstraints>()
                : new Dictionary<RoleName, OfferConstraints> { [Role] = new([[constraint]]) },
        };

    private static long BytesOfRandomRound(int frameworks)
    {
        var allocator = new Allocator(new AllocatorSettings
        {
            RoleSorter = Sorter.WeightedRandom,
            FrameworkSorter = Sorter.WeightedRandom,
        });
        for (var at = 0; at < frameworks; at++)
        {
            Assert.Null(allocator.AddFramework(Profile(at, null)));
        }

        Assert.Null(allocator.AddAgent(new AgentProfile(Agent, ResourceSet.Parse("cpus:4;mem:1024")), []));
        return LeastOf(20, () =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var offers = allocator.Allocate(Now);
            var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            var offer = Assert.Single(offers);
            Assert.Null(allocator.RecoverOffered(
                offer.Framework, offer.Role, offer.Agent, offer.Resources, TimeSpan.Zero, Now));
            return bytes;
        });
    }

    private static long LeastOf(int rounds, Func<long> measure) => Enumerable.Range(0, rounds).Min(_ => measure());
}
