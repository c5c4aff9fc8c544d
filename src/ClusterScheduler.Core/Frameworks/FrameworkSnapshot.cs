using System.Collections.Immutable;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Decisions;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Frameworks;

/// <summary>The durable life of a framework as it is stored whole.</summary>
/// <param name="Info">None after it was removed.</param>
/// <param name="Removed">Why it is over; none while it lives.</param>
/// <param name="NextAcceptId">See <see cref="FrameworkLife.Active"/>, as the others.</param>
public sealed record FrameworkSnapshot(
    FrameworkInfo? Info,
    string? Removed,
    long NextAcceptId,
    ImmutableArray<AcceptIntent> Intents,
    ImmutableArray<FrameworkSnapshot.Task> Tasks,
    ImmutableArray<StatusUpdate> Undelivered) : IStoredSnapshot
{
    /// <summary>Writes a life down.</summary>
    public static FrameworkSnapshot Of(FrameworkLife life) => life switch
    {
        FrameworkLife.Active active => new FrameworkSnapshot(active.Info, null, active.NextAcceptId,
            [.. active.Intents.Values], Index(active.Tasks), [.. active.Undelivered.Values]),
        FrameworkLife.Removed removed => new FrameworkSnapshot(null, removed.Why, 0, [], Index(removed.Tasks), []),
        FrameworkLife.Unheard => new FrameworkSnapshot(null, null, 0, [], [], []),
        _ => throw new InvalidOperationException($"no snapshot of {life.GetType().Name}"),
    };

    /// <summary>The life that was written down.</summary>
    public FrameworkLife ToLife()
    {
        var tasks = Tasks.ToImmutableDictionary(
            static task => task.TaskId,
            static task => new FrameworkTask(task.Name, task.AgentId, task.Resources, task.Priority));
        return (Removed, Info) switch
        {
            ({ } why, _) => new FrameworkLife.Removed(why, tasks),
            (null, { } info) => new FrameworkLife.Active(info, NextAcceptId,
                Intents.ToImmutableSortedDictionary(static intent => intent.AcceptId, static intent => intent), tasks,
                Undelivered.ToImmutableSortedDictionary(static update => update.TaskId, static update => update)),
            _ => FrameworkLife.Initial,
        };
    }

    private static ImmutableArray<Task> Index(ImmutableDictionary<TaskId, FrameworkTask> tasks) =>
    [
        .. tasks.OrderBy(static task => task.Key).Select(static task => new Task(
            task.Key, task.Value.Name, task.Value.AgentId, task.Value.Resources) { Priority = task.Value.Priority }),
    ];

    /// <summary>One task of the framework's index.</summary>
    public sealed record Task(TaskId TaskId, string Name, AgentId AgentId, ResourceSet Resources)
    {
        /// <inheritdoc cref="TaskInfo.Priority"/>
        public int Priority { get; init; }
    }
}
