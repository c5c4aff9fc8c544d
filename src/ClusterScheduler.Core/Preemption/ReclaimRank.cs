using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Preemption;

/// <summary>
/// Who goes first for a need: those that are on their way out anyhow; those that are asked already, so that not
/// everybody is asked in turn; those that were asked in vain less often; revocable ones; those of lower priority; the
/// smaller ones, so that little is taken beyond the need; then agent by agent, so that what becomes free lies together.
/// </summary>
/// <param name="Task">The task.</param>
/// <param name="Size">The largest part, in millionths, of anything needed that the task frees.</param>
public readonly record struct ReclaimRank(ReclaimTask Task, Int128 Size) : IComparable<ReclaimRank>
{
    /// <summary>The rank of a task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="unmet">What is needed.</param>
    public static ReclaimRank Of(ReclaimTask task, ResourceSet unmet)
    {
        ArgumentNullException.ThrowIfNull(task);
        var size = Int128.Zero;
        foreach (var need in unmet.Items)
        {
            var part = (Int128)task.Frees.Get(need.Key.Name).Thousandths * 1_000_000 / need.Amount.Thousandths;
            size = Int128.Max(size, part);
        }

        return new ReclaimRank(task, size);
    }

    /// <inheritdoc/>
    public int CompareTo(ReclaimRank other)
    {
        var (x, y) = (Task, other.Task);
        var order = y.IsEnding.CompareTo(x.IsEnding);
        order = order != 0 ? order : (x.AskedUntil is null).CompareTo(y.AskedUntil is null);
        order = order != 0 ? order : x.AskedInVain.CompareTo(y.AskedInVain);
        order = order != 0 ? order : y.IsRevocable.CompareTo(x.IsRevocable);
        order = order != 0 ? order : x.Priority.CompareTo(y.Priority);
        order = order != 0 ? order : Size.CompareTo(other.Size);
        order = order != 0 ? order : x.Agent.CompareTo(y.Agent);
        order = order != 0 ? order : x.Framework.CompareTo(y.Framework);
        return order != 0 ? order : x.Task.CompareTo(y.Task);
    }
}
