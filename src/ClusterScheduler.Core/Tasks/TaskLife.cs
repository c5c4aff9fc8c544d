using System.Collections.Immutable;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;

namespace ClusterScheduler.Core.Tasks;

/// <summary>The durable life of one task, as its entity knows it: what was stored, nothing else.</summary>
public abstract record TaskLife
{
    private TaskLife()
    {
    }

    /// <summary>Before anything was stored.</summary>
    public static TaskLife Initial { get; } = new Unheard();

    /// <summary>Nothing was ever stored under this id.</summary>
    public sealed record Unheard : TaskLife;

    /// <summary>Asked about before it was staged: under this id nothing will ever start.</summary>
    public sealed record Forbidden : TaskLife;

    /// <summary>Staged on one agent.</summary>
    /// <param name="Task">What was to run.</param>
    /// <param name="Role">The role whose resources it uses.</param>
    /// <param name="AgentId">The one agent that it was ever given to.</param>
    /// <param name="Session">The agent's session in which the resources were given.</param>
    /// <param name="State">The newest state stored.</param>
    /// <param name="Updates">All updates stored, oldest first.</param>
    /// <param name="Kill">Asked to end, and how; none when not asked.</param>
    public sealed record Known(
        FrameworkId FrameworkId,
        TaskInfo Task,
        string Role,
        AgentId AgentId,
        AgentSession Session,
        TaskState State,
        ImmutableArray<StatusUpdate> Updates,
        KillOrder? Kill) : TaskLife
    {
        /// <summary>True once the agent itself has reported on it: it started, or tried to.</summary>
        public bool AgentReported => Updates.Any(static update => update.Source != StatusSource.Master);

        /// <summary>True after its last state.</summary>
        public bool Ended => State.IsTerminal();
    }
}

/// <summary>The wish that a task end.</summary>
/// <param name="Grace">Replaces the grace of its plan where given.</param>
public sealed record KillOrder(TimeSpan? Grace)
{
    /// <summary>The role that takes back what it is guaranteed; empty where somebody else wants the end.</summary>
    public string PreemptedFor { get; init; } = "";
}
