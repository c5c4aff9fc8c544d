using System.Collections.Immutable;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Execution;

/// <summary>
/// One task's updates on its agent that nobody has stored yet: first in, first out, one under way at a time, the
/// newest state told beside the oldest update (mesos-semantics.md, section 6).
/// </summary>
/// <param name="Pending">Oldest first.</param>
/// <param name="Latest">The newest state, stored or not.</param>
public sealed record StatusQueue(ImmutableArray<StatusUpdate> Pending, TaskState Latest)
{
    /// <summary>A task that was taken and of which nothing happened yet.</summary>
    public static StatusQueue Empty { get; } = new([], TaskState.Staging);

    /// <summary>The one that is to be stored next; none: all are.</summary>
    public StatusUpdate? Head => Pending.IsEmpty ? null : Pending[0];

    /// <summary>Its end is stored: the agent may forget it.</summary>
    public bool IsDone => Pending.IsEmpty && Latest.IsTerminal();

    /// <summary>A further update. After a terminal one nothing follows (I4).</summary>
    public StatusQueue Add(StatusUpdate update)
    {
        ArgumentNullException.ThrowIfNull(update);
        return Latest.IsTerminal() ? this : new StatusQueue(Pending.Add(update), update.State);
    }

    /// <summary>The one under way is stored. Any other uuid is a repeated answer and changes nothing.</summary>
    public StatusQueue Stored(Guid uuid) =>
        Head is { } head && head.Uuid == uuid ? this with { Pending = Pending.RemoveAt(0) } : this;

    /// <summary>
    /// The newest state once more, for somebody who had given the agent up. Where something is pending, that says it.
    /// </summary>
    public StatusQueue Again(Guid uuid, DateTimeOffset at, StatusUpdate? last) =>
        !Pending.IsEmpty || last is null || Latest.IsTerminal()
            ? this
            : this with
            {
                Pending = [last with { Uuid = uuid, At = at, Reason = StatusReason.AgentReregistered }],
            };
}
