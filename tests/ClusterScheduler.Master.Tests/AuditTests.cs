using Akka.Actor;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;
using ClusterScheduler.Protocol;

namespace ClusterScheduler.Master.Tests;

/// <summary>Tasks that resources are held for though nobody owes a word about them.</summary>
public class AuditTests : MasterScene
{
    private static readonly MasterProtocol.ReportedTask Held = new(
        new FrameworkId("f"), new TaskId("held"), "*", ResourceSet.Parse("cpus:1;mem:1024"), TaskState.Running);

    [Fact]
    public void A_task_whose_end_was_never_said_is_asked_for_and_its_resources_are_offered_again()
    {
        Audited();
        Register("f");
        var agent = JoinAgent(null, Held);
        Assert.Equal(Machine.Resources - Held.Resources, NextOffer("f").Resources);

        // Nobody says that it ended: its entity was stopped before the master had answered its release.
        var probe = NextProbe();
        Assert.Equal(agent.AgentId, probe.AgentId);
        Master.Tell(new MasterProtocol.TaskProbed(
            probe.FrameworkId, probe.TaskId, probe.AgentId, MasterProtocol.TaskStanding.Ended));

        // The offer of the rest is repeated meanwhile, as nobody notes it.
        Frameworks.FishForMessage<FrameworkProtocol.OffersMade>(
            static made => made.Offers.Any(static offer => offer.Resources == Held.Resources));
    }

    [Fact]
    public void An_agent_that_holds_fewer_tasks_than_it_is_counted_for_twice_in_a_row_is_audited_at_once()
    {
        Register("f");
        var agent = JoinAgent(null, Held, Held with { TaskId = new TaskId("other") });

        Master.Tell(Pong(1));
        Master.Tell(Pong(2));
        Master.Tell(Pong(1));
        Master.Tell(new MasterProtocol.ListAgents(), TestActor);
        ExpectMsg<MasterProtocol.AgentList>();
        Tasks.ExpectNoMsg(TimeSpan.Zero);

        Master.Tell(Pong(1));
        Assert.Equal(
            [Held.TaskId, new TaskId("other")],
            new[] { NextProbe(), NextProbe() }.Select(static probe => probe.TaskId));

        MasterProtocol.Pong Pong(int held) => new(agent.AgentId, agent.Session, held);
    }

    [Fact]
    public void A_launch_that_is_under_way_is_not_asked_for()
    {
        Audited();
        var epoch = Register("f");
        JoinAgent(null, Held);
        Launch("f", epoch, NextOffer("f").Id, Task("launched", "cpus:1"));

        // The whole agent was audited between the first of these and the last.
        for (var round = 0; round < 3; round++)
        {
            Assert.Equal(Held.TaskId, NextProbe().TaskId);
        }
    }

    private TaskProtocol.ProbeTask NextProbe() => Tasks.FishForMessage<TaskProtocol.ProbeTask>(static _ => true);

    private void Audited()
    {
        Restart(MasterOptions.Default with
        {
            Retry = TimeSpan.FromMilliseconds(50),
            AuditInterval = TimeSpan.FromMilliseconds(100),
        });
    }
}
