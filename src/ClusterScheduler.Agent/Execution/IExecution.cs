using System.Collections.Immutable;
using Akka.Actor;
using ClusterScheduler.Agent.Oversubscription;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Reservations;

namespace ClusterScheduler.Agent.Execution;

/// <summary>
/// Where an agent's tasks run. Calls return at once; what comes of them is told to the observer, from one thread, in
/// order for each task: at most one <see cref="ExecutionReport.Started"/>, then exactly one
/// <see cref="ExecutionReport.Ended"/>.
/// </summary>
public interface IExecution : IAsyncDisposable
{
    /// <summary>Takes up what an earlier agent left, then is ready. Once, before anything else.</summary>
    /// <param name="observer">Told what happens from then on.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The tasks that are held: running, ended and not released, or never started and now forbidden.</returns>
    Task<ImmutableArray<RecoveredTask>> StartAsync(Action<ExecutionReport> observer, CancellationToken cancellation);

    /// <summary>Runs a task. Each key once; whoever calls keeps to that.</summary>
    void Launch(LaunchRequest request);

    /// <summary>Stops a task: SIGTERM to its whole tree, SIGKILL after the grace; none: its plan's.</summary>
    void Kill(TaskKey key, TimeSpan? grace);

    /// <summary>Stops a task for others, with its plan's grace. Its end says so, also to the next agent.</summary>
    /// <param name="key">Which task.</param>
    /// <param name="role">The role that takes back what it is guaranteed; empty: the agent is under pressure.</param>
    void Preempt(TaskKey key, string role);

    /// <summary>What running tasks use now. One call at a time.</summary>
    /// <param name="keys">Of which tasks.</param>
    /// <returns>A task that is seen for the first time is not in it: a rate needs two looks.</returns>
    Task<ImmutableArray<TaskUsage>> MeasureAsync(ImmutableArray<TaskKey> keys);

    /// <summary>The end of a task is known wherever it must be: its record can go. Its sandbox stays.</summary>
    void Release(TaskKey key);

    /// <summary>A piece of what a task wrote, also after its end as long as its sandbox is kept.</summary>
    /// <param name="key">Which task.</param>
    /// <param name="stream">Which of its outputs.</param>
    /// <param name="offset">In all that it wrote, rotated away or not; negative: from the end.</param>
    /// <param name="length">At most so many bytes.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<LogChunk> ReadLogAsync(TaskKey key, LogStream stream, long offset, int length, CancellationToken cancellation);

    /// <summary>Removes persistent volumes with what is in them; nothing of an execution that keeps none.</summary>
    /// <param name="names">Those to remove; none uses them.</param>
    void DestroyVolumes(ImmutableArray<VolumeName> names)
    {
    }

    /// <summary>Removes every persistent volume but these; nothing of an execution that keeps none.</summary>
    /// <param name="names">All that there are.</param>
    void KeepVolumes(ImmutableArray<VolumeName> names)
    {
    }

    /// <summary>Kills every task, each with its own grace, and ends when nothing of them is left.</summary>
    Task KillAllAsync();
}

/// <summary>What runs, as what, and what the agent wants back about it after a restart.</summary>
/// <param name="Key">Which task.</param>
/// <param name="Plan">What it runs; keeps <see cref="TaskPlanRules"/>.</param>
/// <param name="Environment">Beside what every task gets; the plan's own wins over it.</param>
/// <param name="Manifest">Kept in the task's record and handed back on recovery; not looked into.</param>
public sealed record LaunchRequest(
    TaskKey Key,
    TaskPlan Plan,
    ImmutableArray<EnvironmentVariable> Environment,
    ReadOnlyMemory<byte> Manifest)
{
    /// <summary>A directory that the task shares with others; made if it is not there. Empty: none.</summary>
    public string SharedDirectory { get; init; } = "";

    /// <summary>Persistent volumes that its sandbox links to.</summary>
    public ImmutableArray<TaskVolume> Volumes { get; init; } = [];
}

/// <summary>A persistent volume in a task.</summary>
/// <param name="Name">Which.</param>
/// <param name="ContainerPath">Where it appears, below the sandbox.</param>
public sealed record TaskVolume(VolumeName Name, string ContainerPath);

/// <summary>What happened to a task.</summary>
/// <param name="Key">Which.</param>
/// <param name="At">When, by the machine's clock.</param>
public abstract record ExecutionReport(TaskKey Key, DateTimeOffset At) : INoSerializationVerificationNeeded
{
    /// <summary>A process of it runs.</summary>
    public sealed record Started(TaskKey Key, DateTimeOffset At) : ExecutionReport(Key, At);

    /// <summary>It is over, nothing of it is left.</summary>
    /// <param name="Key">Which.</param>
    /// <param name="At">When.</param>
    /// <param name="Result">How.</param>
    /// <param name="Message">The same in words.</param>
    /// <param name="Evidence">What there is to understand it by.</param>
    public sealed record Ended(
        TaskKey Key, DateTimeOffset At, TaskResult Result, string Message, TaskEvidence Evidence)
        : ExecutionReport(Key, At);
}

/// <summary>A task that an earlier agent had taken.</summary>
/// <param name="Key">Which.</param>
/// <param name="Manifest">What that agent gave with it.</param>
/// <param name="Started">Its start, if a process of it is known to have run.</param>
/// <param name="Ended">Its end, if it has ended; none: it runs, and its end will be reported.</param>
public sealed record RecoveredTask(
    TaskKey Key,
    ReadOnlyMemory<byte> Manifest,
    ExecutionReport.Started? Started,
    ExecutionReport.Ended? Ended);

/// <summary>The two streams that a task writes.</summary>
public enum LogStream
{
    /// <summary>Standard output.</summary>
    Stdout,

    /// <summary>Standard error.</summary>
    Stderr,
}

/// <summary>A piece of a log.</summary>
/// <param name="Offset">Where it begins in all that was written; later than asked for if that is gone.</param>
/// <param name="Data">The bytes; empty at the end.</param>
/// <param name="Size">How much was written so far.</param>
/// <param name="Exists">False if there is no such log (any more).</param>
public sealed record LogChunk(long Offset, ImmutableArray<byte> Data, long Size, bool Exists);
