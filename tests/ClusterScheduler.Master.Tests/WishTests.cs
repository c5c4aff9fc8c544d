using Akka.Actor;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Protocol;

namespace ClusterScheduler.Master.Tests;

/// <summary>Smallest offers, constraints, capabilities and several roles, from a framework's description.</summary>
public class WishTests : MasterScene
{
    [Fact]
    public void A_scheduler_that_takes_over_a_live_subscription_has_declined_nothing()
    {
        var epoch = Register("f");
        JoinAgent();
        Decline("f", epoch, NextOffer("f").Id, TimeSpan.FromHours(1));
        Register("f");

        Assert.Equal(Machine.Resources, NextOffer("f").Resources);
    }

    /// <summary>It takes itself for registered, and would wait for offers for ever.</summary>
    [Fact]
    public void Who_says_what_it_wants_and_is_not_registered_hears_so()
    {
        var connection = Guid.NewGuid();
        Master.Tell(new MasterProtocol.SetDemand(new FrameworkId("f"), connection, 1, [], []));
        Assert.Equal(connection, Frameworks.FishForMessage<FrameworkProtocol.FrameworkDeactivated>(
            static message => message.FrameworkId.Value == "f").Connection);
    }

    [Fact]
    public void Only_agents_that_the_constraints_admit_are_offered()
    {
        Register("f", info: Info("*") with
        {
            Wishes =
            [
                new RoleWishes("*")
                {
                    Constraints = [new ConstraintGroup(AttributeCondition.TextMatches("rack", "r[12]"))],
                },
            ],
        });
        JoinAgent(OnRack("r9"));
        JoinAgent(OnRack("r2"));

        Assert.Equal("r2", NextOffer("f").Attributes[0].Value);
        Assert.Contains(new MasterProtocol.RuleCount(OfferRule.Constraints, 1) { First = 1 }, Why("f").RuledOut);
    }

    [Fact]
    public void An_agent_below_the_smallest_offer_of_the_framework_is_not_offered()
    {
        Register("f", info: Info("*") with
        {
            Wishes = [new RoleWishes("*") { MinAllocatable = [ResourceSet.Parse("cpus:8")] }],
        });
        JoinAgent();
        JoinAgent(new AgentInfo("large", ResourceSet.Parse("cpus:8"), []));

        Assert.Equal("large", NextOffer("f").Hostname);
        Assert.Contains(new MasterProtocol.RuleCount(OfferRule.BelowMinimum, 1) { First = 1 }, Why("f").RuledOut);
    }

    [Fact]
    public void A_smallest_offer_of_nothing_is_reached_by_any_and_none_at_all_means_that_of_the_cluster()
    {
        Register("f");
        JoinAgent(new AgentInfo("tiny", ResourceSet.Parse("cpus:0.001;mem:1"), []));
        Frameworks.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
        Register("g", info: Info("*") with { Wishes = [new RoleWishes("*") { MinAllocatable = [ResourceSet.Empty] }] });
        Assert.Equal("tiny", NextOffer("g").Hostname);
    }

    [Fact]
    public void A_filter_outlives_the_session_of_its_agent_but_not_new_facts()
    {
        var epoch = Register("f");
        var agent = JoinAgent().AgentId;
        Decline("f", epoch, NextOffer("f").Id, TimeSpan.FromHours(1));
        Return(agent, Machine);
        Register("g");
        Decline("g", epoch, NextOffer("g").Id, TimeSpan.FromHours(1));
        Return(agent, Machine with { Attributes = [new AgentAttribute("rack", "r2")] });
        Assert.Equal("r2", Assert.Single(NextOffer("f").Attributes).Value);
    }

    [Fact]
    public void Agents_with_gpus_are_for_frameworks_that_say_so()
    {
        Register("plain");
        JoinAgent(new AgentInfo("gpu", ResourceSet.Parse("cpus:1;mem:64;gpus:2"), []));
        Frameworks.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
        Register("cuda", info: Info("*") with { Capabilities = ["GPU_RESOURCES"] });
        Assert.Equal(Scalar.Of(2), NextOffer("cuda").Resources.Gpus);
    }

    [Fact]
    public void A_framework_learns_where_the_machine_of_an_offer_stands()
    {
        Register("f");
        JoinAgent();
        Assert.Null(NextOffer("f").Domain);
        JoinAgent(Machine with { Hostname = "there", Domain = new AgentDomain("eu", "eu-1") });
        Assert.Equal(new AgentDomain("eu", "eu-1"), NextOffer("f").Domain);
    }

    [Fact]
    public void A_framework_in_two_roles_is_offered_in_each_and_can_suppress_one()
    {
        Register("f", info: Info("a", "b"), suppressed: "a");
        JoinAgent();
        Assert.Equal("b", NextOffer("f").Role);
    }

    [Fact]
    public void What_a_framework_says_that_it_waits_for_is_explained()
    {
        var connection = Guid.NewGuid();
        Master.Tell(new MasterProtocol.RegisterFramework(new FrameworkId("f"), Info("*"), connection, []), Operator);
        Frameworks.FishForMessage<FrameworkProtocol.FrameworkRegistered>(_ => true);
        JoinAgent();
        Master.Tell(new MasterProtocol.SetDemand(new FrameworkId("f"), connection, 1, [], [])
        {
            Requests = [new Core.Offers.ResourceRequest("*", ResourceSet.Parse("cpus:64"))],
        }, Operator);

        var explained = Ask<MasterProtocol.FrameworkExplained>(
            new MasterProtocol.WhyFramework(new FrameworkId("f"), "", ResourceSet.Empty));
        Assert.Equal(["", "cpus:64"], explained.Roles.Select(static role => role.Demand.ToString()));
    }

    private MasterProtocol.RoleWhy Why(string framework) => Assert.Single(Ask<MasterProtocol.FrameworkExplained>(
        new MasterProtocol.WhyFramework(new FrameworkId(framework), "", ResourceSet.Empty)).Roles);

    private static AgentInfo OnRack(string rack) => Machine with { Attributes = [new AgentAttribute("rack", rack)] };

    private void Return(AgentId agent, AgentInfo info)
    {
        Master.Tell(new MasterProtocol.RegisterAgent(agent, info, Guid.NewGuid()), Agent.Ref);
        var registered = Agent.FishForMessage<AgentProtocol.AgentRegistered>(_ => true);
        Master.Tell(new MasterProtocol.ReportTasks(agent, registered.Session, []), Agent.Ref);
        Agent.FishForMessage<AgentProtocol.ReportAccepted>(_ => true);
    }

    private static FrameworkInfo Info(params string[] roles) => new("f", "root", [.. roles]);
}
