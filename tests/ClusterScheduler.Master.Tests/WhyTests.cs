using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Protocol;

namespace ClusterScheduler.Master.Tests;

/// <summary>csched why framework|role, as the master answers it.</summary>
public class WhyTests : MasterScene
{
    [Fact]
    public void A_decline_shows_as_a_filter_with_its_end()
    {
        var epoch = Register("f");
        var agent = JoinAgent();
        Decline("f", epoch, NextOffer("f").Id, TimeSpan.FromHours(1));

        var role = Assert.Single(Why("f").Roles);
        Assert.Equal(new MasterProtocol.RuleCount(OfferRule.Filtered, 1) { First = 1 }, Assert.Single(role.RuledOut));
        var filter = Assert.Single(role.Filters);
        Assert.Equal((agent.AgentId, Machine.Resources), (filter.Agent, filter.Refused));
        Assert.InRange(filter.Until, DateTimeOffset.UtcNow.AddMinutes(59), DateTimeOffset.UtcNow.AddMinutes(61));
    }

    [Fact]
    public void The_nearest_agent_is_named_with_what_is_short()
    {
        JoinAgent();
        JoinAgent(new AgentInfo("large", ResourceSet.Parse("cpus:16;mem:1024"), []));
        var epoch = Register("f");
        foreach (var offer in NextOffers("f").Offers)
        {
            Decline("f", epoch, offer.Id, TimeSpan.FromHours(1));
        }

        var role = Assert.Single(Why("f", demand: "cpus:20").Roles);
        Assert.Equal("large", role.Nearest[0].Hostname);
        Assert.Equal(2, role.Agents);
    }

    [Fact]
    public void Several_demands_are_answered_together_each_in_its_role_and_once()
    {
        Register("f", "*");
        JoinAgent();
        var explained = Ask<MasterProtocol.FrameworkExplained>(
            new MasterProtocol.WhyFramework(new FrameworkId("f"), "", ResourceSet.Parse("cpus:64"))
            {
                Demands =
                [
                    new ResourceRequest("", ResourceSet.Parse("mem:9999999")),
                    new ResourceRequest("*", ResourceSet.Parse("cpus:0.1")),
                    new ResourceRequest("eng", ResourceSet.Parse("cpus:1")),
                    new ResourceRequest("", ResourceSet.Parse("cpus:64")),
                ],
            });
        Assert.Equal(["cpus:64", "mem:9999999", "cpus:0.1"], explained.Roles.Select(one => one.Demand.ToString()));
    }

    [Fact]
    public void Quota_and_turn_are_told()
    {
        Ask<MasterProtocol.QuotaUpdated>(new MasterProtocol.UpdateQuota(
            [new QuotaConfig("eng", [], [new QuotaAmount("cpus", Scalar.Zero)])], Force: false, DryRun: false));
        Register("f", "eng");
        JoinAgent(new AgentInfo("cpus-only", ResourceSet.Parse("cpus:8"), []));

        var role = Assert.Single(Why("f").Roles);
        Assert.Equal(OfferRule.QuotaLimit, Assert.Single(role.RuledOut).Rule);
        Assert.Equal("eng", Assert.Single(role.Quota).Role);
        Assert.Equal(["eng", "f"], role.Position.Select(static place => place.Name));

        var explained = Ask<MasterProtocol.RoleExplained>(new MasterProtocol.WhyRole("eng"));
        Assert.Equal(Scalar.Zero, explained.MayStillGet.Cpus);
        Assert.Equal("f", Assert.Single(explained.Frameworks).FrameworkId.Value);
        Assert.Equal(1, explained.FrameworkCount);
    }

    [Fact]
    public void What_is_not_known_is_refused_by_its_kind()
    {
        Register("f");
        Assert.Equal(MasterProtocol.WhyFault.UnknownFramework, Refused("none", ""));
        Assert.Equal(MasterProtocol.WhyFault.NotInRole, Refused("f", "eng"));
        Assert.Equal(MasterProtocol.WhyFault.NotInRole, Refused("f", "a//b"));
        Assert.Equal(MasterProtocol.WhyFault.UnknownRole,
            Ask<MasterProtocol.WhyRefused>(new MasterProtocol.WhyRole("eng")).Fault);
    }

    private MasterProtocol.WhyFault Refused(string framework, string role) => Ask<MasterProtocol.WhyRefused>(
        new MasterProtocol.WhyFramework(new FrameworkId(framework), role, ResourceSet.Empty)).Fault;

    private MasterProtocol.FrameworkExplained Why(string framework, string demand = "") =>
        Ask<MasterProtocol.FrameworkExplained>(new MasterProtocol.WhyFramework(
            new FrameworkId(framework), "", ResourceSet.Parse(demand)));
}
