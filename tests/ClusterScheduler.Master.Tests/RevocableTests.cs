using Akka.Actor;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Protocol;

namespace ClusterScheduler.Master.Tests;

/// <summary>What agents lend out, from their word to the offers.</summary>
public class RevocableTests : MasterScene
{
    private static readonly FrameworkInfo Guest = new("guest", "root", ["*"])
    {
        Capabilities = [.. CapabilityNames.Native, "REVOCABLE_RESOURCES"],
    };

    [Fact]
    public void Only_frameworks_that_say_so_are_offered_it_and_less_of_it_takes_the_offer_back()
    {
        var epoch = Register("plain");
        var agent = JoinAgent();
        Decline("plain", epoch, NextOffer("plain").Id, TimeSpan.FromHours(1));
        Lend(agent, 1, "cpus{REV}:2");
        Register("guest", info: Guest);
        var offer = NextOffer("guest");
        Assert.Equal(ResourceSet.Parse("cpus:4;mem:1024;cpus{REV}:2"), offer.Resources);

        Lend(agent, 2, "cpus{REV}:1");
        Assert.Equal(offer.Id, Assert.Single(NextRescinded("guest")));
        Assert.Equal(ResourceSet.Parse("cpus:4;mem:1024;cpus{REV}:1"), NextOffer("guest").Resources);
        Assert.Equal(
            ResourceSet.Parse("cpus{REV}:1"),
            Assert.Single(Ask<MasterProtocol.AgentList>(new MasterProtocol.ListAgents()).Agents).Revocable);
    }

    [Fact]
    public void A_task_on_it_keeps_it_when_there_is_less_and_an_old_word_changes_nothing()
    {
        var epoch = Register("guest", info: Guest);
        var agent = JoinAgent(Machine with { Resources = ResourceSet.Parse("mem:1024") });
        Assert.Equal(ResourceSet.Parse("mem:1024"), NextOffer("guest").Resources);
        Lend(agent, 2, "cpus{REV}:2");
        var offer = NextOffer("guest");
        Assert.Equal(ResourceSet.Parse("cpus{REV}:2"), offer.Resources);
        Assert.True(Assert.Single(
            Launch("guest", epoch, offer.Id, Task("t", "cpus{REV}:1.5")).Results).Granted);
        var rest = NextOffer("guest");
        Assert.Equal(ResourceSet.Parse("cpus{REV}:0.5"), rest.Resources);

        Lend(agent, 3, "cpus{REV}:1");
        Assert.Contains(rest.Id, NextRescinded("guest"));
        Lend(agent, 1, "cpus{REV}:9");
        var summary = Assert.Single(Ask<MasterProtocol.AgentList>(new MasterProtocol.ListAgents()).Agents);
        Assert.Equal(ResourceSet.Parse("cpus{REV}:1"), summary.Revocable);
        Assert.Equal(ResourceSet.Parse("cpus{REV}:1.5"), summary.Used);

        // The end of the task gives back no more than there is.
        Master.Tell(new MasterProtocol.ReleaseTask(new("guest"), new("t"), agent.AgentId), Tasks.Ref);
        Assert.Equal(ResourceSet.Parse("cpus{REV}:1"), Fish("guest"));
    }

    [Fact]
    public void A_transaction_takes_it_as_an_accept_does()
    {
        var (guest, connection) = (new FrameworkId("guest"), Guid.NewGuid());
        Master.Tell(new MasterProtocol.RegisterFramework(guest, Guest, connection, ["*"]));
        Lend(JoinAgent(), 1, "cpus{REV}:2");
        Master.Tell(new MasterProtocol.ViewAgents(
            guest, connection, new AgentQuery(Guid.NewGuid(), "*", ResourceSet.Empty, null)));
        var seen = Assert.Single(Frameworks.FishForMessage<FrameworkProtocol.AgentsShown>(_ => true).Page.Agents);
        Assert.Equal(ResourceSet.Parse("cpus:4;mem:1024;cpus{REV}:2"), seen.Free);

        Master.Tell(new MasterProtocol.Commit(
            guest, 1, "*", [new AgentPlacement(seen.AgentId, seen.Version, [Task("t", "cpus{REV}:2;mem:8")])], 0));
        Assert.Null(Frameworks.FishForMessage<FrameworkProtocol.CommitAnswered>(_ => true).Refusal);
        Assert.Equal(ResourceSet.Parse("cpus{REV}:2;mem:8"), Assert.Single(
            Ask<MasterProtocol.AgentList>(new MasterProtocol.ListAgents()).Agents).Used);
    }

    [Fact]
    public void A_new_session_begins_with_nothing_lent()
    {
        var agent = JoinAgent();
        Lend(agent, 7, "cpus{REV}:2");
        Master.Tell(new MasterProtocol.RegisterAgent(agent.AgentId, Machine, Guid.NewGuid()), Agent.Ref);
        var again = Agent.FishForMessage<AgentProtocol.AgentRegistered>(_ => true);
        Master.Tell(new MasterProtocol.ReportTasks(again.AgentId, again.Session, []), Agent.Ref);
        Agent.FishForMessage<AgentProtocol.ReportAccepted>(_ => true);
        Assert.True(Assert.Single(
            Ask<MasterProtocol.AgentList>(new MasterProtocol.ListAgents()).Agents).Revocable.IsEmpty);

        Master.Tell(new MasterProtocol.UpdateRevocable(
            agent.AgentId, agent.Session, 8, ResourceSet.Parse("cpus{REV}:2")), Agent.Ref);
        Lend(again, 1, "cpus{REV}:3;cpus:5");
        Assert.Equal(
            ResourceSet.Parse("cpus{REV}:3"),
            Assert.Single(Ask<MasterProtocol.AgentList>(new MasterProtocol.ListAgents()).Agents).Revocable);
    }

    private void Lend(AgentProtocol.AgentRegistered agent, long version, string revocable)
    {
        Master.Tell(new MasterProtocol.UpdateRevocable(
            agent.AgentId, agent.Session, version, ResourceSet.Parse(revocable)), Agent.Ref);
        var noted = Agent.FishForMessage<AgentProtocol.RevocableNoted>(_ => true);
        Assert.Equal((agent.Session, version), (noted.Session, noted.Version));
    }

    /// <summary>What the next offer has; what came with the mem that went back is passed over.</summary>
    private ResourceSet Fish(string framework) => Frameworks
        .FishForMessage<FrameworkProtocol.OffersMade>(made => made.FrameworkId.Value == framework
            && made.Offers.Any(static offer => offer.Resources.Items.Any(static item => item.Key.IsRevocable)))
        .Offers.Select(static offer => offer.Resources.Where(static item => item.Key.IsRevocable)).First();
}
