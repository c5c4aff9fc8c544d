using System.Collections.Immutable;

namespace ClusterScheduler.Core.Jobs;

/// <summary>What somebody wants to have run: equal instances of one task (Aurora: JobConfiguration).</summary>
/// <param name="Key">Unique in the cluster among jobs that have not ended.</param>
/// <param name="Task">What each instance runs and needs.</param>
public sealed record JobSpec(JobKey Key, TaskSpec Task)
{
    /// <summary>What happens to an instance that ended.</summary>
    public JobKind Kind { get; init; } = JobKind.Batch;

    /// <summary>How many instances, numbered from 0; 1 to <see cref="JobLimits.InstancesMax"/>.</summary>
    public int Instances { get; init; } = 1;

    /// <summary>Jobs of the same file that must have finished before the first instance starts.</summary>
    public ImmutableArray<JobKey> After { get; init; } = [];

    /// <summary>Which agents may run it, by attribute; all must hold. Sorted by attribute.</summary>
    public ImmutableArray<JobConstraint> Constraints { get; init; } = [];

    /// <summary>
    /// Higher goes first among waiting tasks of this scheduler; where running tasks have to be ended for others, lower
    /// goes first (<see cref="Tasks.TaskInfo.Priority"/>).
    /// </summary>
    public int Priority { get; init; }

    /// <summary>How an agent is chosen among those that fit.</summary>
    public PlacementChoice Placement { get; init; } = PlacementChoice.Default;
}

/// <summary>What a job is for (Aurora: service, ad-hoc, cron).</summary>
public enum JobKind
{
    /// <summary>Runs to an end; an instance is run again only after a failure or a loss.</summary>
    Batch,

    /// <summary>Runs always; an instance that ends is started again. The format has it, this version refuses
    /// it.</summary>
    Service,

    /// <summary>A template that a schedule runs. The format has it, this version refuses it.</summary>
    Cron,
}

/// <summary>Which policy places a job's tasks.</summary>
/// <param name="Policy">One of the policies' names.</param>
/// <param name="PerAgent">At most so many tasks of the jobs that are placed together on one agent; 0: any number.
/// </param>
public sealed record PlacementChoice(string Policy, int PerAgent)
{
    /// <summary>Spread over the agents.</summary>
    public static PlacementChoice Default { get; } = new(PlacementNames.Spread, 0);
}

/// <summary>The names of the placement policies, as job files write them.</summary>
public static class PlacementNames
{
    /// <summary>The agent with the largest free share afterwards.</summary>
    public const string Spread = "spread";

    /// <summary>The first agent by name that fits.</summary>
    public const string FirstFit = "first-fit";

    /// <summary>All waiting tasks together so that the sum of need over free processors is smallest.</summary>
    public const string MinDelay = "min-delay";

    /// <summary>All of them, the default first.</summary>
    public static ImmutableArray<string> All { get; } = [Spread, FirstFit, MinDelay];
}
