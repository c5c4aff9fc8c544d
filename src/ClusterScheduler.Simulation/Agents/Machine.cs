using ClusterScheduler.Agent.Execution;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Simulation.Worlds;

namespace ClusterScheduler.Simulation.Agents;

/// <summary>
/// A machine with its disk and its keeper: what runs there runs on whatever becomes of the agent's process, and is the
/// truth that everything said about tasks is held against.
/// </summary>
internal sealed class Machine(World world, Node node, ResourceSet total)
{
    private readonly SeededRandom random = world.Random.Fork();
    private readonly SortedDictionary<TaskKey, MachineTask> tasks = [];

    public Node Node { get; } = node;

    public ResourceSet Total { get; } = total;

    /// <summary>The id on its disk.</summary>
    public AgentId? Id { get; set; }

    /// <summary>The agent's process that is there now, if it listens.</summary>
    public MachineExecution? Agent { get; set; }

    public IEnumerable<MachineTask> Tasks => tasks.Values;

    public MachineTask? Find(TaskKey key) => tasks.GetValueOrDefault(key);

    /// <summary>The agent's record of a task is on disk: from now on a later agent finds it.</summary>
    public void Record(LaunchRequest request)
    {
        if (tasks.ContainsKey(request.Key))
        {
            world.Break("I5", $"{Node.Name} is told to launch {request.Key} a second time");
            return;
        }

        var resources = MachineManifest.Read(request.Manifest);
        var task = new MachineTask(request.Key, request.Manifest, resources);
        tasks.Add(request.Key, task);

        // Now and then the keeper has so much to do that the agent may be gone and back before a start.
        world.At(random.Happens(0.1) ? random.Between(200, 4_000) : random.Between(0.2, 30), () => Start(task));
    }

    public void Kill(TaskKey key, TaskOutcome end)
    {
        if (Find(key) is { } task)
        {
            world.At(random.Between(0.2, 40), () => End(task, end));
        }
    }

    public void Release(TaskKey key) => tasks.Remove(key);

    /// <summary>What a new agent finds: everything that it need not wait for is concluded here.</summary>
    public void Conclude()
    {
        foreach (var task in tasks.Values)
        {
            if (task is { Started: null, Result: null })
            {
                End(task, new TaskOutcome.Dropped());
            }
        }
    }

    /// <summary>The power goes and comes back.</summary>
    public void Reboot()
    {
        foreach (var task in tasks.Values)
        {
            if (task.Result is null)
            {
                End(task, new TaskOutcome.Lost(UnknownCause.MachineRebooted));
            }
        }
    }

    private void Start(MachineTask task)
    {
        var isForbidden = task.Result is not null
            && !(world.Plan.Mutation == Faults.Mutation.KeeperStartsForbidden
                && task.Result.Outcome is TaskOutcome.Dropped);
        if (isForbidden || task.Started is not null)
        {
            return;
        }

        task.Started = new ExecutionReport.Started(task.Key, WallClock);
        world.Note(Node.Name, $"starts {task.Key}");
        world.Checks.Started(this, task);
        Agent?.Report(task.Started);
        var runs = random.Happens(0.15) ? random.Between(8_000, 60_000) : random.Between(5, 4_000);
        TaskOutcome end = random.Happens(0.8)
            ? new TaskOutcome.Finished()
            : new TaskOutcome.Failed("command", 1, new ExitStatus.Exited(1));
        world.At(runs, () => End(task, end));
    }

    private void End(MachineTask task, TaskOutcome outcome)
    {
        if (task.Result is not null)
        {
            return;
        }

        var result = new TaskResult(outcome, default, []);
        var evidence = new TaskEvidence(outcome is TaskOutcome.Finished ? 0 : null, null, "", "", 0, 0);
        task.Result = result;
        task.Ended = new ExecutionReport.Ended(
            task.Key, WallClock, result, Evidence.Describe(result, processes: 1), evidence);
        world.Note(Node.Name, $"ends {task.Key}: {outcome.GetType().Name}");
        world.Checks.Ended(this, task);
        Agent?.Report(task.Ended);
    }

    private DateTimeOffset WallClock => Node.System.Scheduler.Now.ToUniversalTime();
}
