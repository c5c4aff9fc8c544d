using System.Collections.Immutable;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Resources;

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
/// <param name="Cpus">Processors, above 0.</param>
/// <param name="Mem">MiB, above 0.</param>
/// <param name="Disk">MiB, 0 or more.</param>
/// <param name="Ports">One port of the agent for each name; each name once.</param>
public sealed record TaskResources(Scalar Cpus, Scalar Mem, Scalar Disk, ImmutableArray<string> Ports)
{
    /// <summary>What a task needs whose file says nothing about it: a tenth of a processor, 32 MiB of memory, 16 MiB
    /// of disk.</summary>
    public static TaskResources Default { get; } = new(Scalar.Of(0.1), Scalar.Of(32), Scalar.Of(16), []);
}
