using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Preemption;

/// <summary>
/// What one role waits for, in parts: what only those give who are within a role whose limit stands in the way, from
/// the lowest such role up, and at last what everybody gives. What is freed within one beyond its part serves the next.
/// </summary>
internal sealed class ReclaimNeeds
{
    private readonly (RoleName? Within, ResourceSet Amount)[] parts;
    private readonly ResourceSet[] freed;

    public ReclaimNeeds(ReclaimRole role)
    {
        var open = role.Blocked.Aggregate(role.Unmet, static (left, part) => left.SubtractWhatIsThere(part.Amount));
        parts = [.. role.Blocked.Select(static part => ((RoleName?)part.Within, part.Amount)), (null, open)];
        freed = new ResourceSet[parts.Length];
    }

    /// <summary>How many parts there are.</summary>
    public int Count => parts.Length;

    /// <summary>Whether the task makes room for the part.</summary>
    public bool IsFor(int part, ReclaimTask task) => parts[part].Within is not { } role || task.Role.IsWithin(role);

    /// <summary>What is missing to each part.</summary>
    public ResourceSet[] Missing() => Missing(null);

    /// <summary>Whether nothing more would be missing without the task.</summary>
    public bool IsMetWithout(ReclaimTask task) => Missing(task).SequenceEqual(Missing(null));

    /// <summary>The task goes.</summary>
    public void Take(ReclaimTask task)
    {
        for (var part = 0; part < parts.Length; part++)
        {
            freed[part] += IsFor(part, task) ? task.Frees : ResourceSet.Empty;
        }
    }

    /// <summary>The task stays.</summary>
    public void Spare(ReclaimTask task)
    {
        for (var part = 0; part < parts.Length; part++)
        {
            freed[part] -= IsFor(part, task) ? task.Frees : ResourceSet.Empty;
        }
    }

    private ResourceSet[] Missing(ReclaimTask? without)
    {
        var missing = new ResourceSet[parts.Length];
        var used = ResourceSet.Empty;
        for (var part = 0; part < parts.Length; part++)
        {
            var there = without is not null && IsFor(part, without) ? freed[part] - without.Frees : freed[part];
            var served = parts[part].Amount.Intersect(there.SubtractWhatIsThere(used));
            missing[part] = parts[part].Amount - served;
            used += served;
        }

        return missing;
    }
}
