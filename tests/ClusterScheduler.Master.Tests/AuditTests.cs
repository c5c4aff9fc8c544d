using Akka.Actor;
using ClusterScheduler.Protocol;

namespace ClusterScheduler.Master.Tests;

/// <summary>Tasks that resources are held for though nobody owes a word about them.</summary>
public class AuditTests : MasterScene
{
    [Fact]
    public void A_task_whose_end_was_never_said_is_asked_for_and_its_resources_are_offered_again()
    {
        Watch(Master);
        Sys.Stop(Master);
        ExpectTerminated(Master);
        Master = StartMaster(MasterOptions.Default with
        {
            Retry = TimeSpan.FromMilliseconds(50),
            AuditInterval = TimeSpan.FromMilliseconds(100),
        });
        var epoch = Register("f");
        var agent = JoinAgent();
        Launch("f", epoch, NextOffer("f").Id, Task("t", "cpus:4;mem:1024"));

        // Nobody says that it ended: its entity was stopped before the master had answered its release.
        var probe = Tasks.FishForMessage<TaskProtocol.ProbeTask>(static probe => probe.TaskId.Value == "t");
        Assert.Equal(agent.AgentId, probe.AgentId);
        Master.Tell(new MasterProtocol.TaskProbed(
            probe.FrameworkId, probe.TaskId, probe.AgentId, MasterProtocol.TaskStanding.Ended));

        Assert.Equal(Machine.Resources, NextOffer("f").Resources);
    }
}
