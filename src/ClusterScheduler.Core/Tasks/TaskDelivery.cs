using ClusterScheduler.Core.Agents;

namespace ClusterScheduler.Core.Tasks;

/// <summary>
/// How far the others have taken what a task's stored life means for them. Soft: after a restart of the entity it
/// begins anew and everything not known to be taken is sent again.
/// </summary>
/// <param name="LaunchTaken">The agent holds the task.</param>
/// <param name="KillTaken">The agent will end it.</param>
/// <param name="Released">The master took its resources back.</param>
/// <param name="Acknowledged">How many of its updates, from the oldest, the framework has taken.</param>
public readonly record struct TaskDelivery(bool LaunchTaken, bool KillTaken, bool Released, int Acknowledged)
{
    /// <summary>The newest session in which its agent is known to have been here.</summary>
    public AgentSession Seen { get; init; }

    /// <summary>The newest session that is known to be over because the agent was lost.</summary>
    public AgentSession LostUpTo { get; init; }

    /// <summary>What is still owed to others, from what is stored and what they took.</summary>
    public TaskDuties Outstanding(TaskLife life)
    {
        if (life is not TaskLife.Known known)
        {
            return TaskDuties.None;
        }

        var duties = Acknowledged < known.Updates.Length ? TaskDuties.Forward : TaskDuties.None;
        if (known.Ended)
        {
            return Released ? duties : duties | TaskDuties.Release;
        }

        if (known.Kill is not null)
        {
            return KillTaken ? duties : duties | TaskDuties.Kill;
        }

        if (known.State == TaskState.Unreachable)
        {
            return duties | (Seen > LostUpTo ? TaskDuties.Ask
                : LostUpTo == AgentSession.None ? TaskDuties.Locate
                : TaskDuties.None);
        }

        return LaunchTaken || known.AgentReported ? duties : duties | TaskDuties.Run;
    }

    /// <summary>
    /// After the framework took the update with this uuid. It takes them in order, so it took all before it as well,
    /// from an earlier incarnation of the entity if not from this one; one that was taken before changes nothing.
    /// </summary>
    public TaskDelivery AfterAcknowledgement(TaskLife.Known life, Guid uuid)
    {
        for (var i = Acknowledged; i < life.Updates.Length; i++)
        {
            if (life.Updates[i].Uuid == uuid)
            {
                return this with { Acknowledged = i + 1 };
            }
        }

        return this;
    }

    /// <summary>
    /// After the agent reported: one that says that the task runs has forgotten a kill, or never heard of it.
    /// </summary>
    public TaskDelivery AfterReport(TaskState reported) =>
        reported is TaskState.Starting or TaskState.Running ? this with { KillTaken = false } : this;

    /// <summary>
    /// After the agent was seen in this session; an older one than is known changes nothing. What it took in an earlier
    /// one it may have forgotten: an agent that ends before its record is on disk comes back without it.
    /// </summary>
    public TaskDelivery AfterSeen(AgentSession session) =>
        session > Seen ? AgentAskedAgain() with { Seen = session } : this;

    /// <summary>The agent is told again what it has taken but not yet shown by a report.</summary>
    public TaskDelivery AgentAskedAgain() => this with { LaunchTaken = false, KillTaken = false };

    /// <summary>After the agent was lost with all its sessions up to this one.</summary>
    public TaskDelivery AfterLoss(AgentSession session) =>
        session > LostUpTo ? this with { LostUpTo = session } : this;

    /// <summary>True where the agent was seen after this loss: the news is late and says nothing.</summary>
    public bool Outdates(AgentSession lost) => Seen > lost;
}

/// <summary>What a task's entity owes to others.</summary>
[Flags]
public enum TaskDuties
{
    /// <summary>Nothing: it may rest.</summary>
    None = 0,

    /// <summary>The agent has not taken the launch.</summary>
    Run = 1,

    /// <summary>The agent has not taken the kill.</summary>
    Kill = 2,

    /// <summary>The framework has not taken the oldest update in line.</summary>
    Forward = 4,

    /// <summary>The master has not taken the resources back.</summary>
    Release = 8,

    /// <summary>The agent was lost and is back, and has not said how the task is.</summary>
    Ask = 16,

    /// <summary>The task counts as unreachable, and whether its agent still is has to be found out.</summary>
    Locate = 32,

    /// <summary>All that its agent is needed for.</summary>
    ByAgent = Run | Kill | Ask,
}
