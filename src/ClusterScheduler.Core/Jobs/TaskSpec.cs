using System.Collections.Immutable;
using ClusterScheduler.Core.Execution;

namespace ClusterScheduler.Core.Jobs;

/// <summary>What each instance of a job runs and needs (Aurora: TaskConfig).</summary>
/// <param name="Plan">The processes; their texts may hold templates, which are replaced at each launch.</param>
/// <param name="Resources">What an agent must have free.</param>
public sealed record TaskSpec(TaskPlan Plan, TaskResources Resources)
{
    /// <summary>Failed attempts until an instance has failed for good, 1 to <see cref="JobLimits.TaskFailuresMax"/>;
    /// -1 tries for ever (Aurora: max_task_failures). Losses are no failures and are always tried again.</summary>
    public int MaxFailures { get; init; } = 1;

    /// <summary>The value of <see cref="MaxFailures"/> that tries for ever.</summary>
    public const int UnlimitedFailures = -1;
}

/// <summary>What one task needs (Aurora: numCpus, ramMb, diskMb, requestedPorts).</summary>
/// <param name="CpusMilli">Thousandths of a processor, above 0.</param>
/// <param name="MemMilli">Thousandths of a MiB, above 0.</param>
/// <param name="DiskMilli">Thousandths of a MiB, 0 or more.</param>
/// <param name="Ports">One port of the agent for each name; each name once.</param>
public sealed record TaskResources(long CpusMilli, long MemMilli, long DiskMilli, ImmutableArray<string> Ports)
{
    /// <summary>Processors where a file says nothing: a tenth.</summary>
    public const long DefaultCpusMilli = 100;

    /// <summary>Memory where a file says nothing: 32 MiB.</summary>
    public const long DefaultMemMilli = 32_000;

    /// <summary>Disk where a file says nothing: 16 MiB.</summary>
    public const long DefaultDiskMilli = 16_000;

    /// <summary>What a task needs whose file says nothing about it.</summary>
    public static TaskResources Default { get; } = new(DefaultCpusMilli, DefaultMemMilli, DefaultDiskMilli, []);
}
