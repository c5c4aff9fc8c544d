using ClusterScheduler.Agent.Execution;
using ClusterScheduler.Agent.Oversubscription;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Simulation.Faults;
using ClusterScheduler.Simulation.Worlds;

namespace ClusterScheduler.Simulation.Agents;

/// <summary>
/// One agent process's way to its machine: its records reach the disk late, or not at all if it dies.
/// </summary>
internal sealed class MachineExecution(World world, Machine machine, SeededRandom random) : IExecution
{
    private readonly HashSet<TaskKey> unwritten = [];
    private Action<ExecutionReport> observer = static _ => { };
    private TimeSpan lastWrite;

    public Task<ImmutableArray<RecoveredTask>> StartAsync(
        Action<ExecutionReport> observer, CancellationToken cancellation)
    {
        var found = new TaskCompletionSource<ImmutableArray<RecoveredTask>>();
        this.observer = observer;
        world.At(Written(), machine.Node, () =>
        {
            if (world.Plan.Mutation == Mutation.AgentForgetsTasks)
            {
                machine.Agent = this;
                found.SetResult([]);
                return;
            }

            machine.Conclude();
            machine.Agent = this;
            found.SetResult([.. machine.Tasks.Select(static task => new RecoveredTask(
                task.Key, task.Manifest, task.Started, task.Ended))]);
        });
        return found.Task;
    }

    public void Launch(LaunchRequest request)
    {
        world.Checks.Launched(machine, request.Key);
        unwritten.Add(request.Key);
        world.At(Written(), machine.Node, () =>
        {
            if (unwritten.Remove(request.Key))
            {
                machine.Record(request);
            }
        });
    }

    public void Kill(TaskKey key, TimeSpan? grace) =>
        world.At(Written(), machine.Node, () => machine.Kill(key, new TaskOutcome.Killed()));

    public void Preempt(TaskKey key, string role) =>
        world.At(Written(), machine.Node, () => machine.Kill(key, new TaskOutcome.Preempted(role)));

    /// <summary>Simulated tasks use nothing that could be measured.</summary>
    public Task<ImmutableArray<TaskUsage>> MeasureAsync(ImmutableArray<TaskKey> keys) =>
        Task.FromResult<ImmutableArray<TaskUsage>>([]);

    public void Release(TaskKey key) => world.At(Written(), machine.Node, () => machine.Release(key));

    public Task<LogChunk> ReadLogAsync(
        TaskKey key, LogStream stream, long offset, int length, CancellationToken cancellation) =>
        Task.FromResult(new LogChunk(0, [], 0, Exists: false));

    public Task KillAllAsync()
    {
        foreach (var task in machine.Tasks)
        {
            machine.Kill(task.Key, new TaskOutcome.Killed());
        }

        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        if (machine.Agent == this)
        {
            machine.Agent = null;
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>From the keeper to the agent's process, if that is still there by then.</summary>
    public void Report(ExecutionReport report) =>
        world.At(random.Between(0.05, 5), machine.Node, () =>
        {
            if (machine.Agent == this)
            {
                observer(report);
            }
        });

    // One loop does it all, in the order asked for.
    private TimeSpan Written()
    {
        var due = world.Now + random.Between(0.1, world.Plan.Profile.DiskMax);
        lastWrite = due > lastWrite ? due : lastWrite + TimeSpan.FromTicks(1);
        return lastWrite - world.Now;
    }
}
