using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Preemption;

/// <summary>
/// All tasks, put in order once for all roles that wait. Those that differ only in where they run and whose they are
/// lie together: where one of them does not help, or may not be taken, none of the others does.
/// </summary>
/// <param name="tasks">In any order.</param>
/// <param name="places">Comes to know where they run.</param>
internal sealed class ReclaimPool(IEnumerable<ReclaimTask> tasks, ReclaimPlaces places)
{
    /// <summary>Each in the order in which its tasks go.</summary>
    public IReadOnlyList<ReclaimCandidate[]> Groups { get; } =
    [
        .. tasks.GroupBy(Kind.Of).Select(same => same
            .OrderBy(static task => task.Agent).ThenBy(static task => task.Framework).ThenBy(static task => task.Task)
            .Select(task => new ReclaimCandidate(task, places.PlaceOf(task))).ToArray()),
    ];

    private readonly record struct Kind(
        bool IsEnding, bool IsAsked, int AskedInVain, bool IsRevocable, int Priority, RoleName Role, ResourceSet Frees)
    {
        public static Kind Of(ReclaimTask task) => new(
            task.IsEnding, task.AskedUntil is not null, task.AskedInVain, task.IsRevocable, task.Priority, task.Role,
            task.Frees);
    }
}

/// <summary>A task that may be taken once.</summary>
/// <param name="task">Which.</param>
/// <param name="place">Where it runs.</param>
internal sealed class ReclaimCandidate(ReclaimTask task, ReclaimPlace place)
{
    public ReclaimTask Task { get; } = task;

    public ReclaimPlace Place { get; } = place;

    /// <summary>Whether it goes for one of the roles that wait.</summary>
    public bool IsTaken { get; set; }
}
