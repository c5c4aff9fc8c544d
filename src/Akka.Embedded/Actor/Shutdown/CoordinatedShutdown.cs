using System.Collections.Concurrent;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// Ends a node in phases: tasks of one phase run together, the next phase begins when they are done or the phase's
/// time is over. It runs once, whoever asks and however often.
/// </summary>
public sealed partial class CoordinatedShutdown : IExtension
{
    public const string PhaseBeforeServiceUnbind = "before-service-unbind";
    public const string PhaseServiceUnbind = "service-unbind";
    public const string PhaseServiceRequestsDone = "service-requests-done";
    public const string PhaseServiceStop = "service-stop";
    public const string PhaseBeforeClusterShutdown = "before-cluster-shutdown";
    public const string PhaseClusterShardingShutdownRegion = "cluster-sharding-shutdown-region";
    public const string PhaseClusterLeave = "cluster-leave";
    public const string PhaseClusterExiting = "cluster-exiting";
    public const string PhaseClusterExitingDone = "cluster-exiting-done";
    public const string PhaseClusterShutdown = "cluster-shutdown";
    public const string PhaseBeforeActorSystemTerminate = "before-actor-system-terminate";
    public const string PhaseActorSystemTerminate = "actor-system-terminate";

    private readonly ActorSystemImpl _system;
    private readonly ShutdownPhases _phases;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<NamedTask>> _tasks = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource<Done> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Reason? _reason;

    internal CoordinatedShutdown(ActorSystemImpl system)
    {
        _system = system;
        _phases = ShutdownPhases.Read(system.Settings.Config.GetConfig("akka.coordinated-shutdown"));
    }

    public ExtendedActorSystem System => _system;

    /// <summary>Why it runs; null while it does not.</summary>
    public Reason ShutdownReason => Volatile.Read(ref _reason)!;

    /// <summary>Longest time that all phases together may take.</summary>
    public TimeSpan TotalTimeout => _phases.InOrder.Aggregate(
        TimeSpan.Zero, (sum, phase) => _tasks.ContainsKey(phase.Name) ? sum + phase.Timeout : sum);

    public static CoordinatedShutdown Get(ActorSystem sys) => new CoordinatedShutdownExtension().Get(sys);

    public TimeSpan Timeout(string phase) => _phases.Find(phase).Timeout;

    public void AddTask(string phase, string taskName, Func<Task<Done>> task)
    {
        ArgumentException.ThrowIfNullOrEmpty(taskName);
        ArgumentNullException.ThrowIfNull(task);
        var known = _phases.Find(phase);
        _tasks.GetOrAdd(known.Name, _ => new ConcurrentQueue<NamedTask>()).Enqueue(new NamedTask(taskName, task));
    }

    /// <param name="reason">Kept in <see cref="ShutdownReason"/>; of the first call only.</param>
    /// <param name="fromPhase">Leaves out the phases before this one.</param>
    public Task<Done> Run(Reason reason, string? fromPhase = null)
    {
        ArgumentNullException.ThrowIfNull(reason);
        var first = fromPhase is null ? null : _phases.Find(fromPhase);
        if (Interlocked.CompareExchange(ref _reason, reason, null) is null)
            _ = Task.Run(() => RunPhases(first)); // not in the actor that asks: it may be among those that end
        return _done.Task;
    }

    private async Task RunPhases(ShutdownPhase? first)
    {
        _system.Log.Debug("Shutting down: {0}", _reason!.GetType().Name);
        try
        {
            foreach (var phase in _phases.From(first))
                await RunPhase(phase);
            _done.TrySetResult(Done.Instance);
        }
        catch (Exception failure)
        {
            _done.TrySetException(failure);
        }
    }

    private async Task RunPhase(ShutdownPhase phase)
    {
        if (!_tasks.TryGetValue(phase.Name, out var tasks))
            return;
        var running = Task.WhenAll(tasks.Select(task => RunTask(phase, task)));
        try
        {
            await running.WaitAsync(phase.Timeout);
        }
        catch (TimeoutException) when (phase.Recover)
        {
            _system.Log.Warning("Shutdown phase {0} did not end within {1}; going on.", phase.Name, phase.Timeout);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Shutdown phase {phase.Name} did not end within {phase.Timeout}.");
        }
    }

    private async Task RunTask(ShutdownPhase phase, NamedTask task)
    {
        try
        {
            await task.Run();
        }
        catch (Exception failure) when (phase.Recover)
        {
            _system.Log.Warning(
                failure, "Task {0} of shutdown phase {1} failed: {2}", task.Name, phase.Name, failure.Message);
        }
    }

    private readonly record struct NamedTask(string Name, Func<Task<Done>> Run);
}
