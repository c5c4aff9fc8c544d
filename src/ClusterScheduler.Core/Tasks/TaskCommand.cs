using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;

namespace ClusterScheduler.Core.Tasks;

/// <summary>What can be asked of, or told to, a task's entity.</summary>
public abstract record TaskCommand
{
    private TaskCommand()
    {
    }

    /// <summary>Begin its life on this agent.</summary>
    public sealed record Stage(
        FrameworkId FrameworkId, TaskInfo Task, string Role, AgentId AgentId, AgentSession Session) : TaskCommand;

    /// <summary>The agent will not run it.</summary>
    public sealed record RefuseLaunch(LaunchRefusal Refusal, string Message) : TaskCommand;

    /// <summary>An agent reports on it.</summary>
    public sealed record Report(AgentId AgentId, StatusUpdate Update) : TaskCommand;

    /// <summary>Somebody wants it to end.</summary>
    public sealed record Kill(TimeSpan? Grace) : TaskCommand;

    /// <summary>A role takes back what the task uses beyond its own role's guarantee.</summary>
    /// <param name="AgentId">Where the master holds resources for it.</param>
    /// <param name="Session">The agent's session as the master knows it: one of an earlier master has no say.</param>
    /// <param name="For">The role that waits for its guarantee.</param>
    public sealed record Preempt(AgentId AgentId, AgentSession Session, string For) : TaskCommand;

    /// <summary>The agent has nothing to kill and will not start it.</summary>
    public sealed record NothingToKill : TaskCommand;

    /// <summary>Its agent was declared unreachable, or gone.</summary>
    public sealed record LoseAgent(AgentId AgentId, bool Gone) : TaskCommand;

    /// <summary>The agent's report of this session lacks it though resources are held for it.</summary>
    public sealed record Probe(AgentId AgentId, AgentSession ReportedIn) : TaskCommand;
}

/// <summary>Why an agent will not run a task.</summary>
public enum LaunchRefusal
{
    /// <summary>The session is older than the agent's, and it does not hold the task.</summary>
    StaleSession,

    /// <summary>The agent's own ledger has too little free.</summary>
    DoesNotFit,

    /// <summary>The description breaks a rule.</summary>
    Invalid,
}

/// <summary>What a task's entity answers.</summary>
public abstract record TaskReply
{
    private TaskReply()
    {
    }

    /// <summary>Its life is stored.</summary>
    public sealed record Staged : TaskReply;

    /// <summary>The agent's update is stored, or can no longer matter; the agent may send the next.</summary>
    /// <param name="KillIt">The agent runs what must not run: it is told to end it.</param>
    public sealed record UpdateStored(Guid Uuid, bool KillIt) : TaskReply;

    /// <summary>The wish is stored, or there is nothing to end.</summary>
    public sealed record KillNoted : TaskReply;

    /// <summary>The preemption is stored, or the task ends, or has ended, for another reason.</summary>
    public sealed record PreemptionNoted(AgentId AgentId) : TaskReply;

    /// <summary>Where it stands.</summary>
    public sealed record Standing(TaskStandingKind Kind) : TaskReply;
}

/// <summary>Where a task stands, for a master that holds resources for it.</summary>
public enum TaskStandingKind
{
    /// <summary>Never heard of, and from now on forbidden.</summary>
    NeverHeardOf,

    /// <summary>Its launch is being driven.</summary>
    Staged,

    /// <summary>The agent reported on it.</summary>
    Running,

    /// <summary>It ended.</summary>
    Ended,
}
