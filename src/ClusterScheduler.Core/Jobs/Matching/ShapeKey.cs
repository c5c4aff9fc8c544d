using ClusterScheduler.Core.Jobs.Life;
using ClusterScheduler.Core.Placement;

namespace ClusterScheduler.Core.Jobs.Matching;

/// <summary>
/// What tasks must have in common to be looked at as one: an agent that refuses one of them refuses all (Aurora
/// groups by equal configuration). That is why a hundred thousand equal waiting tasks cost one question per agent.
/// </summary>
/// <param name="Priority">Of the jobs.</param>
/// <param name="Need">Of each task.</param>
/// <param name="Constraints">Their text; empty for none.</param>
/// <param name="Placement">Policy and limit per agent.</param>
/// <param name="Scope">What else keeps jobs apart: the file where jobs are placed together, the job where its own
/// tasks are counted, 0 where nothing does.</param>
public readonly record struct ShapeKey(
    int Priority, Amounts Need, string Constraints, PlacementChoice Placement, long Scope)
{
    /// <summary>The shape of a job's tasks.</summary>
    public static ShapeKey Of(JobState job)
    {
        var spec = job.Spec;
        var together = PlacementPolicies.LooksAtAll(spec.Placement.Policy) || spec.Placement.PerAgent > 0;
        var counted = spec.Constraints.Any(constraint => constraint is JobConstraint.Limit);
        return together
            ? new ShapeKey(spec.Priority, default, "", spec.Placement, job.Submission)
            : new ShapeKey(spec.Priority, Amounts.Of(spec.Task.Resources),
                string.Join(';', spec.Constraints.Select(constraint => $"{constraint.Attribute}={constraint.Text}")),
                spec.Placement, counted ? -job.Incarnation : 0);
    }
}
