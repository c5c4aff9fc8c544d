using Akka.TestKit;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Protocol;

namespace ClusterScheduler.Master.Tests;

/// <summary>Processes that come with the id of an agent that is there: its data directory was copied.</summary>
public class ClaimTests : MasterScene
{
    [Fact]
    public void Every_one_of_them_hears_that_the_agent_lives()
    {
        var (holder, one, other) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        Register(holder, null, Guid.NewGuid());
        var registered = holder.ExpectMsg<AgentProtocol.AgentRegistered>();
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());

        Register(one, registered.AgentId, first);
        Register(other, registered.AgentId, second);
        holder.ExpectMsg<AgentProtocol.Ping>();
        holder.ExpectMsg<AgentProtocol.Ping>();
        Master.Tell(new MasterProtocol.Pong(registered.AgentId, registered.Session, 0), holder.Ref);

        Register(one, registered.AgentId, first);
        Register(other, registered.AgentId, second);
        foreach (var (newcomer, incarnation) in new[] { (one, first), (other, second) })
        {
            var refused = newcomer.ExpectMsg<AgentProtocol.AgentRefused>();
            Assert.Equal((incarnation, AgentProtocol.AgentRefusal.IdInUse), (refused.Incarnation, refused.Reason));
        }
    }

    private void Register(TestProbe from, AgentId? id, Guid incarnation) =>
        Master.Tell(new MasterProtocol.RegisterAgent(id, Machine, incarnation), from.Ref);
}
