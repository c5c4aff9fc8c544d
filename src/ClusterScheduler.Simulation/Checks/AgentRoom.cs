using ClusterScheduler.Core.Reservations;
using ClusterScheduler.Simulation.Agents;
using ClusterScheduler.Simulation.Worlds;

namespace ClusterScheduler.Simulation.Checks;

/// <summary>
/// I1, I2: what runs on a machine fits it, and the master never gives the same thing twice: no agent ever has to refuse
/// a launch of its session because there is no room.
/// </summary>
internal sealed class AgentRoom(World world) : Watcher
{
    public override void Sent(Node from, object message)
    {
        if (message is TaskProtocol.RunAnswered { Outcome: TaskProtocol.RunOutcome.DoesNotFit } refused)
        {
            world.Break("I2", $"{from.Name} has no room for {refused.TaskId}: {refused.Message}");
        }
    }

    public override void Started(Machine machine, MachineTask task)
    {
        // A machine has no reservations, and a volume that tasks share takes its disk once.
        var held = machine.Tasks.Where(static each => each.IsRunning)
            .Aggregate(ResourceSet.Empty, static (sum, each) => sum + each.Resources);
        var used = OperationRules.BaseOf(held.Unshared + held.Shared);
        if (!machine.Total.Contains(used))
        {
            world.Break("I1", $"{machine.Node.Name} has {machine.Total} and runs tasks of {used}");
        }
    }
}
