using Akka.TestKit;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;
using ClusterScheduler.Protocol;

namespace ClusterScheduler.Master.Tests;

/// <summary>An agent that ends, or that is cut off from where it stands in the cluster.</summary>
public class DisconnectTests : MasterScene
{
    private static readonly MasterProtocol.ReportedTask Held = new(
        new FrameworkId("f"), new TaskId("held"), "*", ResourceSet.Parse("cpus:1;mem:256"), TaskState.Running);

    private readonly TestProbe place;

    public DisconnectTests() => place = CreateTestProbe();

    [Fact]
    public void Its_offers_end_at_once_its_tasks_count_and_it_is_offered_again_when_it_is_back()
    {
        Register("f");
        var joined = Join(place, null);
        var offer = NextOffer("f");

        Sys.Stop(place.Ref);

        Assert.Equal(offer.Id, Assert.Single(NextRescinded("f")));
        var listed = Assert.Single(Ask<MasterProtocol.AgentList>(new MasterProtocol.ListAgents()).Agents);
        Assert.Equal(
            (MasterProtocol.AgentStanding.Disconnected, Held.Resources, ResourceSet.Empty),
            (listed.Standing, listed.Used, listed.Offered));

        var frameworks = Ask<MasterProtocol.FrameworkList>(new MasterProtocol.ListFrameworks()).Frameworks;
        Assert.Equal(0.25, Assert.Single(frameworks).DominantShare);

        // Nobody has to be asked first whether it lives, though it comes from another place.
        Join(CreateTestProbe(), joined.AgentId);
        Assert.Equal(offer.Resources, NextOffer("f").Resources);
    }

    [Fact]
    public void One_that_was_taken_for_ended_and_answers_a_ping_is_told_to_register()
    {
        Register("f");
        var joined = Join(place, null);
        NextOffer("f");
        Sys.Stop(place.Ref);
        NextRescinded("f");

        Master.Tell(new MasterProtocol.Pong(joined.AgentId, joined.Session, 1), Agent.Ref);

        Assert.Equal(joined.AgentId, Agent.ExpectMsg<AgentProtocol.Reregister>().AgentId);
    }

    [Fact]
    public void The_end_of_an_earlier_place_of_it_is_no_news()
    {
        var incarnation = Guid.NewGuid();
        var joined = Join(place, null, incarnation);
        Join(CreateTestProbe(), joined.AgentId, incarnation);

        Watch(place.Ref);
        Sys.Stop(place.Ref);
        ExpectTerminated(place.Ref);

        var listed = Assert.Single(Ask<MasterProtocol.AgentList>(new MasterProtocol.ListAgents()).Agents);
        Assert.Equal(MasterProtocol.AgentStanding.Active, listed.Standing);
    }

    private AgentProtocol.AgentRegistered Join(TestProbe from, AgentId? id, Guid? incarnation = null)
    {
        Master.Tell(new MasterProtocol.RegisterAgent(id, Machine, incarnation ?? Guid.NewGuid()), from.Ref);
        var registered = from.ExpectMsg<AgentProtocol.AgentRegistered>();
        Master.Tell(new MasterProtocol.ReportTasks(registered.AgentId, registered.Session, [Held]), from.Ref);
        from.ExpectMsg<AgentProtocol.ReportAccepted>();
        return registered;
    }
}
