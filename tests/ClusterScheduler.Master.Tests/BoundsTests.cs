using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;
using ClusterScheduler.Protocol;

namespace ClusterScheduler.Master.Tests;

/// <summary>What the allocator cannot take the master refuses, with the reason; it stays in office.</summary>
public sealed class BoundsTests : MasterScene
{
    public BoundsTests()
    {
        Restart(MasterOptions.Default with
        {
            Allocator = AllocatorSettings.Default with { AgentsMax = 1, FrameworksMax = 1, CustomScalarsMax = 1 },
        });
    }

    [Fact]
    public void An_agent_beyond_the_bound_is_refused_and_unknown()
    {
        Register("f1");
        JoinAgent();
        JoinAgent();
        var refused = Agent.FishForMessage<AgentProtocol.AgentRefused>(_ => true);
        Assert.Equal(AgentProtocol.AgentRefusal.NoRoom, refused.Reason);
        Assert.StartsWith("TooManyAgents", refused.Message, StringComparison.Ordinal);
        Assert.Single(NextOffers("f1").Offers);
    }

    [Fact]
    public void An_agent_that_was_refused_for_want_of_room_is_taken_when_another_has_gone()
    {
        Register("f1");
        var first = JoinAgent().AgentId;
        Assert.Equal(first, NextOffer("f1").AgentId);
        var second = JoinAgent().AgentId;
        Agent.FishForMessage<AgentProtocol.AgentRefused>(_ => true);
        Ask<MasterProtocol.AgentMarkedGone>(new MasterProtocol.MarkAgentGone(first));

        Master.Tell(new MasterProtocol.RegisterAgent(second, Machine, Guid.NewGuid()), Agent.Ref);
        var registered = Agent.FishForMessage<AgentProtocol.AgentRegistered>(
            message => message.AgentId == second);
        Master.Tell(new MasterProtocol.ReportTasks(second, registered.Session, []), Agent.Ref);
        Assert.Equal(second, NextOffer("f1").AgentId);
    }

    [Fact]
    public void An_agent_with_too_many_names_is_refused()
    {
        JoinAgent(Machine with { Resources = ResourceSet.Parse("cpus:1;x:1;y:1") });
        var refused = Agent.FishForMessage<AgentProtocol.AgentRefused>(_ => true);
        Assert.StartsWith("TooManyResourceNames", refused.Message, StringComparison.Ordinal);
        Register("f1");
        JoinAgent(Machine with { Resources = ResourceSet.Parse("cpus:1;x:1") });
        Assert.Equal("cpus:1;x:1", Assert.Single(NextOffers("f1").Offers).Resources.ToString());
    }

    [Fact]
    public void Stored_quota_is_in_force_also_where_its_names_are_more_than_a_later_master_may_know()
    {
        Ask<MasterProtocol.QuotaUpdated>(new MasterProtocol.UpdateQuota(
            [QuotaConfig.Of(RoleName.Parse("eng"), Quota.Parse("", "x:1;cpus:1"))], Force: false, DryRun: false));
        Restart(MasterOptions.Default with { Allocator = AllocatorSettings.Default with { CustomScalarsMax = 0 } });
        Register("f1", "eng");
        JoinAgent();
        Assert.Equal(Scalar.Of(1), NextOffer("f1").Resources.Cpus);
    }

    [Fact]
    public void A_framework_beyond_the_bound_is_refused_and_gets_no_offers()
    {
        Register("f1");
        Register("f2");
        var refused = Frameworks.FishForMessage<FrameworkProtocol.FrameworkRefused>(
            message => message.FrameworkId.Value == "f2");
        Assert.StartsWith("TooManyFrameworks", refused.Message, StringComparison.Ordinal);
        JoinAgent();
        Assert.Single(NextOffers("f1").Offers);
    }
}
