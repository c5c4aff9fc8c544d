using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;
using ClusterScheduler.Protocol;

namespace ClusterScheduler.Master.Tests;

/// <summary>Weights and quota as an operator sets them.</summary>
public class RoleCommandTests : MasterScene
{
    [Fact]
    public void A_limit_cuts_offers_and_is_shown_with_what_is_consumed()
    {
        Ask<MasterProtocol.QuotaUpdated>(Update(Quota("eng", "", "cpus:1")));
        var epoch = Register("f", "eng");
        JoinAgent();
        var offer = NextOffer("f");
        Assert.Equal(ResourceSet.Parse("cpus:1;mem:1024"), offer.Resources);

        Launch("f", epoch, offer.Id, Task("t", "cpus:1"));
        var role = Assert.Single(Ask<MasterProtocol.RoleList>(new MasterProtocol.ListRoles()).Roles);
        Assert.Equal("eng", role.Role);
        Assert.Equal(ResourceSet.Parse("cpus:1"), role.Consumed.Where(item => item.Key.Name == "cpus"));
        Assert.Equal(new QuotaAmount("cpus", Scalar.Of(1)), Assert.Single(role.Quota.Limits));
        Assert.Equal("f", Assert.Single(role.Frameworks).Value);
    }

    [Fact]
    public void A_limit_below_an_open_offer_rescinds_it()
    {
        Register("f", "eng");
        JoinAgent();
        var whole = NextOffer("f");
        Ask<MasterProtocol.QuotaUpdated>(Update(Quota("eng", "", "cpus:1")));

        Assert.Equal(whole.Id, Assert.Single(NextRescinded("f")));
        Assert.Equal(Scalar.Of(1), NextOffer("f").Resources.Cpus);
    }

    [Fact]
    public void A_guarantee_takes_back_an_offer_of_another_role_and_serves_the_new_one_first()
    {
        Register("greedy", "a");
        JoinAgent();
        var whole = NextOffer("greedy");
        Register("b", "b");
        Ask<MasterProtocol.QuotaUpdated>(Update(Quota("b", "cpus:4;mem:1024", "")));

        Assert.Equal(whole.Id, Assert.Single(NextRescinded("greedy")));
        Assert.Equal(Machine.Resources, NextOffer("b").Resources);
    }

    [Fact]
    public void Refusals_name_the_fault_and_change_nothing_and_force_overrides_two_of_them()
    {
        var epoch = Register("f", "eng");
        JoinAgent();
        Launch("f", epoch, NextOffer("f").Id, Task("t", "cpus:3"));

        var below = Ask<MasterProtocol.QuotaRefused>(Update(Quota("eng", "", "cpus:2")));
        Assert.Equal((QuotaFault.LimitBelowConsumption, "eng", "cpus", Scalar.Of(2), Scalar.Of(3)),
            (below.Fault, below.Role, below.Resource, below.Asked, below.Bound));
        Assert.Equal(QuotaFault.GuaranteesAboveCapacity,
            Ask<MasterProtocol.QuotaRefused>(Update(Quota("eng", "cpus:99", ""))).Fault);
        Assert.Equal(QuotaFault.GuaranteeAboveLimit,
            Ask<MasterProtocol.QuotaRefused>(Update(Quota("eng", "cpus:2", "cpus:1"), force: true)).Fault);
        var nameless = Ask<MasterProtocol.QuotaRefused>(Update(Quota("a//b", "cpus:2", "")));
        Assert.Equal((QuotaFault.RoleName, "a//b"), (nameless.Fault, nameless.Role));
        Assert.Empty(Ask<MasterProtocol.QuotaList>(new MasterProtocol.ListQuota()).Configs);

        Ask<MasterProtocol.QuotaUpdated>(Update(Quota("eng", "", "cpus:2"), force: true));
        Assert.Single(Ask<MasterProtocol.QuotaList>(new MasterProtocol.ListQuota()).Configs);
    }

    [Fact]
    public void The_reclaim_plan_names_the_task_that_stands_in_the_way_of_a_guarantee_and_touches_nothing()
    {
        var epoch = Register("greedy", "a");
        JoinAgent();
        Launch("greedy", epoch, NextOffer("greedy").Id, Task("t", "cpus:3;mem:64"), TimeSpan.FromHours(1));
        Assert.Empty(Ask<MasterProtocol.ReclaimPlanned>(new MasterProtocol.PlanReclaim()).Steps);

        Ask<MasterProtocol.QuotaUpdated>(Update(Quota("b", "cpus:2", "")));
        Assert.Empty(Ask<MasterProtocol.ReclaimPlanned>(new MasterProtocol.PlanReclaim()).Steps);

        // Only who wants resources waits for them.
        Register("b", "b");
        var plan = Ask<MasterProtocol.ReclaimPlanned>(new MasterProtocol.PlanReclaim());
        var step = Assert.Single(plan.Steps);
        Assert.Equal(("t", "a", "b"), (step.TaskId.Value, step.Role, step.For));
        Assert.Empty(plan.Missing);
        Tasks.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void A_dry_run_answers_and_changes_nothing()
    {
        Assert.True(Ask<MasterProtocol.QuotaUpdated>(
            Update(Quota("eng", "", "cpus:2")) with { DryRun = true }).DryRun);
        Assert.Empty(Ask<MasterProtocol.QuotaList>(new MasterProtocol.ListQuota()).Configs);
    }

    [Fact]
    public void Weights_and_quota_survive_the_master()
    {
        Ask<MasterProtocol.WeightsUpdated>(new MasterProtocol.UpdateWeights([new RoleWeight("eng", 2.5)]));
        Ask<MasterProtocol.QuotaUpdated>(Update(Quota("eng", "", "cpus:1")));
        Restart(MasterOptions.Default);

        AwaitAssert(() =>
        {
            Assert.Equal(new RoleWeight("eng", 2.5),
                Assert.Single(Ask<MasterProtocol.WeightList>(new MasterProtocol.ListWeights()).Weights));
            Assert.Equal(2.5, Assert.Single(Ask<MasterProtocol.RoleList>(new MasterProtocol.ListRoles()).Roles).Weight);
        });
        Register("f", "eng");
        JoinAgent();
        Assert.Equal(Scalar.Of(1), NextOffer("f").Resources.Cpus);
    }

    [Fact]
    public void With_quota_nothing_is_offered_after_a_failover_before_most_agents_are_back()
    {
        Ask<MasterProtocol.QuotaUpdated>(Update(Quota("eng", "", "cpus:100")));
        var first = JoinAgent();
        var second = JoinAgent();
        Restart(MasterOptions.Default);
        Register("f", "eng");
        Rejoin(first.AgentId);
        Frameworks.ExpectNoMsg(TimeSpan.FromMilliseconds(200));

        Rejoin(second.AgentId);
        Assert.Equal(2, NextOffers("f").Offers.Length);
    }

    [Fact]
    public void A_weight_of_a_role_that_somebody_is_in_rescinds_every_offer_and_others_none()
    {
        Register("f", "eng/web");
        JoinAgent();
        var offer = NextOffer("f");
        Ask<MasterProtocol.WeightsUpdated>(new MasterProtocol.UpdateWeights([new RoleWeight("other", 3)]));
        Frameworks.ExpectNoMsg(TimeSpan.FromMilliseconds(100));

        Ask<MasterProtocol.WeightsUpdated>(new MasterProtocol.UpdateWeights([new RoleWeight("eng", 3)]));
        Assert.Equal(offer.Id, Assert.Single(NextRescinded("f")));
    }

    [Theory]
    [InlineData("a b", 1, WeightFault.RoleName)]
    [InlineData("eng", 0, WeightFault.NotPositive)]
    [InlineData("eng", double.NaN, WeightFault.NotPositive)]
    [InlineData("eng", double.PositiveInfinity, WeightFault.NotPositive)]
    public void A_wrong_weight_is_refused(string role, double weight, WeightFault fault) =>
        Assert.Equal(fault, Ask<MasterProtocol.WeightsRefused>(
            new MasterProtocol.UpdateWeights([new RoleWeight(role, weight)])).Fault);

    private void Rejoin(AgentId id)
    {
        Master.Tell(new MasterProtocol.RegisterAgent(id, Machine, Guid.NewGuid()), Agent.Ref);
        var registered = Agent.FishForMessage<AgentProtocol.AgentRegistered>(_ => true);
        Master.Tell(new MasterProtocol.ReportTasks(registered.AgentId, registered.Session, []), Agent.Ref);
        Agent.FishForMessage<AgentProtocol.ReportAccepted>(_ => true);
    }

    private static MasterProtocol.UpdateQuota Update(QuotaConfig config, bool force = false) =>
        new([config], force, DryRun: false);

    private static QuotaConfig Quota(string role, string guarantees, string limits) =>
        QuotaConfig.Of(RoleName.Any, Core.Quotas.Quota.Parse(guarantees, limits)) with { Role = role };
}
