using System.Collections.Immutable;
using ClusterScheduler.Agent.Oversubscription;
using ClusterScheduler.Core.Execution;

namespace ClusterScheduler.Agent.Execution;

/// <summary>
/// Nothing is run: tasks start at once and, unless told otherwise, finish at once. For tests and for benchmarks of the
/// control plane. Reports come from whichever thread calls.
/// </summary>
/// <param name="outcome">How a task ends as soon as it has started; null: it runs until it is killed.</param>
/// <param name="clock">Stamps the reports.</param>
public sealed class SimulatedExecution(Func<LaunchRequest, TaskOutcome?> outcome, TimeProvider clock) : IExecution
{
    private readonly HashSet<TaskKey> _running = [];
    private readonly Lock _lock = new();
    private Action<ExecutionReport> _observer = _ => { };

    /// <summary>Every task finishes at once.</summary>
    public static SimulatedExecution FinishingAtOnce() => new(_ => new TaskOutcome.Finished(), TimeProvider.System);

    /// <summary>What tasks use, as a test wishes; nothing else is measured.</summary>
    public Func<TaskKey, TaskUsage?> Usage { get; init; } = _ => null;

    /// <inheritdoc/>
    public Task<ImmutableArray<RecoveredTask>> StartAsync(
        Action<ExecutionReport> observer, CancellationToken cancellation)
    {
        _observer = observer;
        return Task.FromResult<ImmutableArray<RecoveredTask>>([]);
    }

    /// <inheritdoc/>
    public void Launch(LaunchRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        _observer(new ExecutionReport.Started(request.Key, clock.GetUtcNow()));
        if (outcome(request) is { } end)
        {
            End(request.Key, end);
            return;
        }

        lock (_lock)
        {
            _running.Add(request.Key);
        }
    }

    /// <inheritdoc/>
    public void Kill(TaskKey key, TimeSpan? grace) => Stop(key, new TaskOutcome.Killed());

    /// <inheritdoc/>
    public void Preempt(TaskKey key, string role) => Stop(key, new TaskOutcome.Preempted(role));

    /// <inheritdoc/>
    public Task<ImmutableArray<TaskUsage>> MeasureAsync(ImmutableArray<TaskKey> keys) =>
        Task.FromResult<ImmutableArray<TaskUsage>>([.. keys.Select(Usage).OfType<TaskUsage>()]);

    private void Stop(TaskKey key, TaskOutcome end)
    {
        bool isRunning;
        lock (_lock)
        {
            isRunning = _running.Remove(key);
        }

        if (isRunning)
        {
            End(key, end);
        }
    }

    /// <summary>Ends a running task as a test wishes.</summary>
    public void End(TaskKey key, TaskOutcome end)
    {
        lock (_lock)
        {
            _running.Remove(key);
        }

        var result = new TaskResult(end, default, []);
        var evidence = new TaskEvidence(end is TaskOutcome.Finished ? 0 : null, null, "", "", 0, 0);
        _observer(new ExecutionReport.Ended(
            key, clock.GetUtcNow(), result, Evidence.Describe(result, processes: 1), evidence));
    }

    /// <inheritdoc/>
    public void Release(TaskKey key)
    {
    }

    /// <inheritdoc/>
    public Task<LogChunk> ReadLogAsync(
        TaskKey key, LogStream stream, long offset, int length, CancellationToken cancellation) =>
        Task.FromResult(new LogChunk(0, [], 0, Exists: false));

    /// <inheritdoc/>
    public Task KillAllAsync()
    {
        TaskKey[] running;
        lock (_lock)
        {
            running = [.. _running.Order()];
        }

        foreach (var key in running)
        {
            Kill(key, TimeSpan.Zero);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
