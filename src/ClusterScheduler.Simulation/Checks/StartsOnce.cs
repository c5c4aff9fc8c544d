using ClusterScheduler.Agent.Execution;
using ClusterScheduler.Simulation.Agents;
using ClusterScheduler.Simulation.Workloads;
using ClusterScheduler.Simulation.Worlds;

namespace ClusterScheduler.Simulation.Checks;

/// <summary>I5: no task starts twice, anywhere, and none after its scheduler was told that it is over.</summary>
internal sealed class StartsOnce(World world) : Watcher
{
    private readonly Dictionary<TaskKey, string> startedOn = [];
    private readonly Dictionary<TaskKey, TaskState> over = [];

    public override void Started(Machine machine, MachineTask task)
    {
        if (!startedOn.TryAdd(task.Key, machine.Node.Name))
        {
            world.Break("I5", $"{task.Key} starts on {machine.Node.Name}; it started on {startedOn[task.Key]} before");
        }

        if (over.TryGetValue(task.Key, out var state))
        {
            world.Break("I5", $"{task.Key} starts on {machine.Node.Name} after its scheduler heard {state}");
        }
    }

    public override void Updated(Workload workload, StatusUpdate update)
    {
        if (update.State.IsTerminal())
        {
            over.TryAdd(new TaskKey(workload.Id, update.TaskId), update.State);
        }
    }
}
