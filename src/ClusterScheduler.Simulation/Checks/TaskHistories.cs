using ClusterScheduler.Agent.Execution;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Simulation.Agents;
using ClusterScheduler.Simulation.Workloads;
using ClusterScheduler.Simulation.Worlds;

namespace ClusterScheduler.Simulation.Checks;

/// <summary>
/// I4: what a scheduler hears of a task makes a history that is possible, ends once, agrees with what the machine did,
/// and, when all is over, has an end.
/// </summary>
internal sealed class TaskHistories(World world) : Watcher
{
    private readonly SortedDictionary<TaskKey, TaskState> heard = [];
    private readonly Dictionary<TaskKey, HashSet<Guid>> uuids = [];
    private readonly Dictionary<TaskKey, (MachineTask Task, Machine Machine)> truths = [];

    public override void Accepted(Workload workload, Offer offer, IReadOnlyList<TaskInfo> tasks)
    {
        foreach (var task in tasks)
        {
            heard[new TaskKey(workload.Id, task.TaskId)] = TaskState.Staging;
        }
    }

    public override void Started(Machine machine, MachineTask task) => truths[task.Key] = (task, machine);

    public override void Updated(Workload workload, StatusUpdate update)
    {
        var key = new TaskKey(workload.Id, update.TaskId);
        var before = heard.GetValueOrDefault(key, TaskState.Unknown);
        if (update.Uuid is { } uuid)
        {
            if (!uuids.TryGetValue(key, out var known))
            {
                uuids[key] = known = [];
            }

            if (!known.Add(uuid))
            {
                // Said again, to a scheduler that was started anew.
                return;
            }
        }
        else if (!update.State.IsTerminal())
        {
            // An answer to a question may be older than what was heard since.
            return;
        }

        if (before != update.State && !TaskTransitions.Allows(before, update.State))
        {
            world.Break("I4", $"{key} is {update.State} after {before}: {update.Message}");
        }

        heard[key] = update.State;
        if (update.State.IsTerminal())
        {
            Compare(key, update);
        }
    }

    public override void AtRest()
    {
        foreach (var (key, state) in heard)
        {
            if (!state.IsTerminal() && truths.ContainsKey(key))
            {
                world.Break("I4", $"all is over, and {key} is still {state} for its scheduler");
                return;
            }
        }
    }

    private void Compare(TaskKey key, StatusUpdate update)
    {
        var truth = truths.GetValueOrDefault(key);
        var ended = truth.Task?.Result?.Outcome;
        var agrees = update.State switch
        {
            TaskState.Finished => ended is TaskOutcome.Finished,
            TaskState.Failed => ended is TaskOutcome.Failed,
            TaskState.Dropped or TaskState.Error => truth.Task is null,
            _ => truth.Task is null || ended is not null,
        };
        if (!agrees)
        {
            var fact = truth.Task is null ? "never ran" : $"ran on {truth.Machine.Node.Name} and "
                + (ended is null ? "still runs" : $"ended as {ended.GetType().Name}");
            world.Break("I4", $"{key} is said to be {update.State} ({update.Reason}: {update.Message}), but {fact}");
        }
    }
}
