namespace ClusterScheduler.Framework.Frameworks;

/// <summary>What an operator can set of frameworks' entities (HOCON: cluster-scheduler.framework).</summary>
/// <param name="Retry">Between repetitions of what the master or a task entity has not answered.</param>
/// <param name="Heartbeat">How often a silent scheduler hears that its connection lives; Mesos: 15 s.</param>
/// <param name="EndedTasksBatch">How many ended tasks are stored at once.</param>
/// <param name="CompletedTasksMax">How many ended tasks can still be listed; Mesos: 1,000.</param>
public sealed record FrameworkOptions(TimeSpan Retry, TimeSpan Heartbeat, int EndedTasksBatch, int CompletedTasksMax)
{
    /// <summary>Every task is woken once in so long, in case its node died while it owed something.</summary>
    public TimeSpan WakeInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How many tasks are asked at once for their newest status after the entity started.</summary>
    public int LearningMax { get; init; } = 500;

    /// <summary>Stored events of one framework between two snapshots.</summary>
    public int EventsPerSnapshot { get; init; } = 1_000;

    /// <summary>The values of reference.conf.</summary>
    public static FrameworkOptions Default { get; } =
        new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(15), 256, 1_000);
}
