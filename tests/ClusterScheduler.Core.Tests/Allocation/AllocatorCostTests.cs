using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Reservations;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Tests.Allocation;

/// <summary>
/// What can be shown of cost without a clock: memory that is allocated, and bounds that hold. Alone, since others'
/// memory would count as well.
/// </summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class AllocatorCostTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;
    private static readonly FrameworkId Framework = new("f");

    [Fact]
    public void A_round_without_changes_allocates_nothing()
    {
        var allocator = Steady(agents: 200);
        _ = allocator.Allocate(Now);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var offers = allocator.Allocate(Now);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Empty(offers);
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Asking_nobody_anew_about_leaving_agents_allocates_nothing()
    {
        var allocator = Steady(agents: 200);
        for (var at = 0; at < 200; at++)
        {
            Assert.Null(allocator.UpdateUnavailability(new AgentId($"a{at:D5}"), new Unavailability(Now, null)));
        }

        Assert.Equal(200, allocator.AllocateInverse(Now).Count);
        _ = allocator.AllocateInverse(Now);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var made = allocator.AllocateInverse(Now);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Empty(made);
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void One_change_allocates_as_much_in_a_large_cluster_as_in_a_small_one()
    {
        Assert.Equal(OneChange(Steady(agents: 100)), OneChange(Steady(agents: 3_000)));
    }

    [Fact]
    public void Changes_of_one_agent_visit_that_agent_alone_while_guarantees_are_met()
    {
        var allocator = new Allocator(new AllocatorSettings());
        Assert.Null(allocator.AddFramework(new FrameworkProfile(Framework, [RoleName.Any])));
        Assert.Null(allocator.AddFramework(new FrameworkProfile(new FrameworkId("g"), [RoleName.Parse("eng")])));
        var limit = new RoleQuota(RoleName.Parse("other"), Quota.Parse("", "cpus:3"));
        var guarantee = new RoleQuota(RoleName.Parse("eng"), Quota.Parse("cpus:1", ""));
        Assert.Null(allocator.SetQuota([limit, guarantee], force: true));
        var (id, total) = (new AgentId("b"), ResourceSet.Parse("cpus:4;mem:1024"));
        for (var at = 0; at < 50; at++)
        {
            Assert.Null(allocator.AddAgent(new AgentProfile(new AgentId($"a{at:D5}"), total), []));
        }

        Assert.Null(allocator.AddAgent(new AgentProfile(id, total), []));
        FillGuaranteeAndDecline(allocator);
        var (free, reserved) = (ResourceSet.Parse("cpus:1"), ResourceSet.Parse("cpus(+other):1"));
        RoleGrowth[] growth = [new RoleGrowth(RoleName.Parse("other"), free)];
        Assert.Equal(0, Visits(allocator, () => allocator.HoldRoom(growth)));
        Assert.Equal(0, Visits(allocator, () => allocator.ReleaseRoom(growth)));
        Assert.Equal(1, Visits(allocator, () => allocator.ConvertFree(id, free, reserved)));
        Assert.Equal(1, Visits(allocator, () => allocator.ConvertFree(id, reserved, free)));
        Assert.Equal(1, Visits(allocator, () => allocator.UpdateRevocable(id, ResourceSet.Parse("cpus{REV}:2"))));
        Assert.Equal(1, Visits(allocator, () => allocator.UpdateAgent(new AgentProfile(id, total + total))));
        Assert.Equal(0, Visits(allocator, () => allocator.RemoveAgent(id)));
        Assert.Equal(1, Visits(allocator, () => allocator.AddAgent(new AgentProfile(id, total), [])));
    }

    [Fact]
    public void A_question_keeps_nothing_of_an_agent_however_many_demands_ask()
    {
        var allocator = new Allocator(new AllocatorSettings());
        Assert.Null(allocator.AddFramework(new FrameworkProfile(Framework, [RoleName.Any])));
        var total = ResourceSet.Parse("cpus:4;mem:1024;ports:[31000-31009]");
        for (var at = 0; at < 2_000; at++)
        {
            var differing = total + ResourceSet.Of(Scalar.Zero, Scalar.Of(at));
            Assert.Null(allocator.AddAgent(new AgentProfile(new AgentId($"a{at:D5}"), differing), []));
        }

        ResourceSet[] demands =
            [.. Enumerable.Range(1, 100).Select(at => ResourceSet.Parse($"cpus:{at};ports:[31000-31000]"))];
        _ = allocator.WhyEach(Framework, RoleName.Any, demands, Now);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var answers = allocator.WhyEach(Framework, RoleName.Any, demands, Now);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(2_000, answers[4].RuledOut[OfferRule.TooSmall]);
        Assert.InRange(allocated, 0, 3_000_000);
    }

    // The first offer meets the guarantee; all others are declined by everybody.
    private static void FillGuaranteeAndDecline(Allocator allocator)
    {
        var isMet = false;
        for (var offers = allocator.Allocate(Now); offers.Count > 0; offers = allocator.Allocate(Now))
        {
            foreach (var offer in offers)
            {
                Assert.Null(isMet
                    ? allocator.RecoverOffered(
                        offer.Framework, offer.Role, offer.Agent, offer.Resources, TimeSpan.FromDays(1), Now)
                    : allocator.Consume(offer.Framework, offer.Role, offer.Agent, offer.Resources, Now));
                isMet = true;
            }
        }
    }

    private static int Visits(Allocator allocator, Func<AllocatorRefusal?> change)
    {
        Assert.Null(change());
        _ = allocator.Allocate(Now);
        return allocator.VisitedAgents;
    }

    [Fact]
    public void Removing_a_framework_copies_nothing_of_the_agents_where_it_holds_nothing()
    {
        var allocator = Steady(agents: 2_000);
        var (second, total) = (new FrameworkId("second"), ResourceSet.Parse("cpus:4"));
        for (var round = 0; round < 2; round++)
        {
            Assert.Null(allocator.AddFramework(new FrameworkProfile(second, [RoleName.Any])));
            AgentUse[] uses = [new AgentUse(second, RoleName.Any, total)];
            Assert.Null(allocator.AddAgent(new AgentProfile(new AgentId($"b{round}"), total), uses));
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Null(allocator.RemoveFramework(second));
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.InRange(round == 0 ? 0 : allocated, 0, 20_000);
            Assert.Equal(total, allocator.ViewAgent(new AgentId($"b{round}"))!.Free);
        }
    }

    [Fact]
    public void A_client_has_no_more_filters_at_an_agent_than_the_bound()
    {
        var allocator = new Allocator(new AllocatorSettings { MinAllocatable = MinAllocatable.Anything });
        Assert.Null(allocator.AddFramework(new FrameworkProfile(Framework, [RoleName.Any])));
        var agent = new AgentId("a");
        Assert.Null(allocator.AddAgent(new AgentProfile(agent, ResourceSet.Empty), []));
        for (var size = 1; size <= 100; size++)
        {
            // No offer of these contains another, so that no filter implies another.
            var total = ResourceSet.Of(Scalar.Of(size), Scalar.Of(1000 - size));
            Assert.Null(allocator.UpdateAgent(new AgentProfile(agent, total)));
            var offer = Assert.Single(allocator.Allocate(Now));
            Assert.Null(allocator.RecoverOffered(
                Framework, RoleName.Any, agent, offer.Resources, FilterDuration.Most, Now));
        }

        Assert.Equal(16, allocator.Why(Framework, RoleName.Any, default, Now)!.FilterCount);
    }

    [Fact]
    public void Filters_from_before_a_revive_do_not_pile_up()
    {
        var allocator = new Allocator(new AllocatorSettings());
        Assert.Null(allocator.AddFramework(new FrameworkProfile(Framework, [RoleName.Any])));
        Assert.Null(allocator.AddAgent(new AgentProfile(new AgentId("a"), ResourceSet.Parse("cpus:1;mem:64")), []));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var cycle = 0; cycle < 100_000; cycle++)
        {
            foreach (var offer in allocator.Allocate(Now))
            {
                allocator.RecoverOffered(
                    Framework, RoleName.Any, offer.Agent, offer.Resources, FilterDuration.Most, Now);
            }

            allocator.Revive(Framework);
        }

        Assert.Single(allocator.Allocate(Now));
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 1_000_000);
        GC.KeepAlive(allocator);
    }

    private static Allocator Steady(int agents)
    {
        var allocator = new Allocator(new AllocatorSettings());
        Assert.Null(allocator.AddFramework(new FrameworkProfile(Framework, [RoleName.Any])));
        for (var at = 0; at < agents; at++)
        {
            var profile = new AgentProfile(new AgentId($"a{at:D5}"), ResourceSet.Parse("cpus:4;mem:1024"));
            Assert.Null(allocator.AddAgent(profile, []));
        }

        foreach (var offer in allocator.Allocate(Now))
        {
            Assert.Null(allocator.Consume(Framework, RoleName.Any, offer.Agent, offer.Resources, Now));
        }

        return allocator;
    }

    private static long OneChange(Allocator allocator)
    {
        var task = ResourceSet.Parse("cpus:1;mem:100");
        long allocated = 0;
        for (var round = 0; round < 20; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var refusal = allocator.RecoverUsed(Framework, RoleName.Any, new AgentId("a00007"), task);
            var offers = allocator.Allocate(Now);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.Null(refusal);
            var offer = Assert.Single(offers);
            Assert.Null(allocator.Consume(Framework, RoleName.Any, offer.Agent, offer.Resources, Now));
        }

        return allocated;
    }
}
