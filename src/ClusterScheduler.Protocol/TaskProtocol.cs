using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Protocol;

/// <summary>
/// What is said to a task's entity, which holds the durable life of one task: staged before anything runs, then
/// driven, then ended. All of it may be repeated.
/// </summary>
public static class TaskProtocol
{
    // ---- from the framework's entity

    /// <summary>
    /// Store the task and start to drive its launch. Answered with <see cref="FrameworkProtocol.TaskStaged"/>.
    /// </summary>
    /// <param name="Agent">The agent's actor; none when the sender no longer knows, and the master is asked.</param>
    public sealed record StageTask(
        FrameworkId FrameworkId,
        TaskInfo Task,
        string Role,
        AgentId AgentId,
        AgentSession Session,
        IActorRef? Agent) : ITaskMessage
    {
        /// <inheritdoc/>
        public TaskId TaskId => Task.TaskId;
    }

    /// <summary>The framework has taken this update; the next may go to it.</summary>
    public sealed record AcknowledgeUpdate(FrameworkId FrameworkId, TaskId TaskId, Guid Uuid) : ITaskMessage;

    /// <summary>
    /// End the task. Stored, then driven until the agent took it. Answered with
    /// <see cref="FrameworkProtocol.KillNoted"/>.
    /// </summary>
    public sealed record KillTask(FrameworkId FrameworkId, TaskId TaskId, TimeSpan? Grace) : ITaskMessage;

    /// <summary>
    /// Its agent was declared unreachable or gone. Repeated until answered with
    /// <see cref="FrameworkProtocol.AgentNewsNoted"/>.
    /// </summary>
    public sealed record AgentLost(
        FrameworkId FrameworkId, TaskId TaskId, AgentId AgentId, MasterEpoch Epoch, bool Gone, DateTimeOffset At)
        : ITaskMessage
    {
        /// <summary>All sessions of the agent up to this one are over.</summary>
        public AgentSession Session { get; init; }
    }

    /// <summary>
    /// Its agent came back with this session. Repeated until answered with
    /// <see cref="FrameworkProtocol.AgentNewsNoted"/>.
    /// </summary>
    public sealed record AgentReturned(
        FrameworkId FrameworkId, TaskId TaskId, AgentId AgentId, AgentSession Session, IActorRef? Agent)
        : ITaskMessage;

    /// <summary>
    /// Wake up and send what is still owed: after the framework's entity started again, and once in a while in case
    /// the task's own node died.
    /// </summary>
    public sealed record ResumeTask(FrameworkId FrameworkId, TaskId TaskId) : ITaskMessage
    {
        /// <summary>Answer with <see cref="FrameworkProtocol.TaskNewest"/>; repeated until that came.</summary>
        public bool TellNewest { get; init; }
    }

    /// <summary>
    /// Send the newest status once more, with the reason <see cref="StatusReason.Reconciliation"/> and no uuid.
    /// </summary>
    public sealed record ReconcileTask(FrameworkId FrameworkId, TaskId TaskId) : ITaskMessage;

    // ---- from the agent

    /// <summary>Answers <see cref="AgentProtocol.RunTask"/>.</summary>
    public sealed record RunAnswered(FrameworkId FrameworkId, TaskId TaskId, RunOutcome Outcome, string Message)
        : ITaskMessage, IAgentMessage;

    /// <summary>What the agent did with a launch.</summary>
    public enum RunOutcome
    {
        /// <summary>It holds the task: from now on it reports.</summary>
        Taken,

        /// <summary>The session is older than the agent's and it does not hold the task: it never ran.</summary>
        StaleSession,

        /// <summary>It does not fit what the agent has free by its own ledger.</summary>
        DoesNotFit,

        /// <summary>The description breaks a rule; the message names it.</summary>
        Invalid,
    }

    /// <summary>Answers <see cref="AgentProtocol.KillTask"/>.</summary>
    /// <param name="Known">False: the agent does not hold the task and will not start it.</param>
    public sealed record KillAnswered(FrameworkId FrameworkId, TaskId TaskId, bool Known)
        : ITaskMessage, IAgentMessage;

    /// <summary>
    /// Answers <see cref="AgentProtocol.ReportTask"/> where the agent does not hold the task. In this session and all
    /// later ones it will not start it any more.
    /// </summary>
    public sealed record TaskNotHeld(FrameworkId FrameworkId, TaskId TaskId, AgentId AgentId, AgentSession Session)
        : ITaskMessage, IAgentMessage;

    /// <summary>
    /// The oldest update that the entity has not stored. Answered with <see cref="AgentProtocol.UpdateStored"/>. In
    /// order, one unanswered at a time per task.
    /// </summary>
    /// <param name="Agent">The agent's actor: where the task is to be spoken to from now on.</param>
    /// <param name="Latest">The task's newest state on the agent, so that a slow scheduler does not hold
    /// resources.</param>
    public sealed record AgentUpdate(
        FrameworkId FrameworkId, TaskId TaskId, AgentId AgentId, StatusUpdate Update, TaskState Latest, IActorRef Agent)
        : ITaskMessage, IAgentMessage;

    // ---- from the master

    /// <summary>
    /// The master holds resources for the task, but the agent's report of this session does not have it. Answered
    /// with <see cref="MasterProtocol.TaskProbed"/>. An entity that never heard of the task makes sure that it never
    /// starts.
    /// </summary>
    /// <param name="ReportedIn">The agent's session whose report lacks the task; a task of an older session that the
    /// agent never took is dropped, one that ran is gone.</param>
    public sealed record ProbeTask(
        FrameworkId FrameworkId, TaskId TaskId, AgentId AgentId, MasterEpoch Epoch, AgentSession ReportedIn)
        : ITaskMessage;

    /// <summary>
    /// A role takes back what the task uses beyond its own role's guarantee: end it. Stored, then driven as a kill is;
    /// the task ends with <see cref="StatusReason.ContainerPreempted"/>. Repeated until it is answered with
    /// <see cref="MasterProtocol.PreemptionNoted"/>, or its resources are released. An entity that has heard of a later
    /// session of the agent does nothing: a master that is none any more may say it.
    /// </summary>
    /// <param name="Session">The agent's session as the master knows it.</param>
    /// <param name="For">The role that waits for its guarantee.</param>
    public sealed record PreemptTask(
        FrameworkId FrameworkId, TaskId TaskId, AgentId AgentId, AgentSession Session, string For) : ITaskMessage;

    /// <summary>Answers <see cref="MasterProtocol.ReleaseTask"/>.</summary>
    public sealed record TaskReleased(FrameworkId FrameworkId, TaskId TaskId) : ITaskMessage;

    // ---- questions

    /// <summary>All that is known of a task. Answered with <see cref="TaskShown"/>.</summary>
    public sealed record ShowTask(FrameworkId FrameworkId, TaskId TaskId) : ITaskMessage;

    /// <summary>A task as its entity knows it.</summary>
    /// <param name="Task">None when the entity never heard of it.</param>
    public sealed record TaskShown(
        FrameworkId FrameworkId,
        TaskId TaskId,
        TaskInfo? Task,
        AgentId? AgentId,
        ResourceSet Resources,
        bool KillRequested,
        ImmutableArray<StatusUpdate> Updates) : IWireMessage;
}
