using ClusterScheduler.Core.Reservations;

namespace ClusterScheduler.Protocol;

/// <summary>
/// What is said to an agent. Tasks' entities speak to it directly; the master only registers and watches it.
/// An agent refuses whatever comes from an older master than it has seen (I11).
/// </summary>
public static class AgentProtocol
{
    // ---- from the master

    /// <summary>
    /// The agent is admitted. It adopts the session and, in the same step, reports what it holds with
    /// <see cref="MasterProtocol.ReportTasks"/>. A session that is not newer than its own is ignored.
    /// </summary>
    /// <param name="Incarnation">That of the registration that this answers.</param>
    /// <param name="PingTimeout">Without a ping for this long it looks for the master again.</param>
    public sealed record AgentRegistered(AgentId AgentId, AgentSession Session, Guid Incarnation, TimeSpan PingTimeout)
        : IWireMessage
    {
        /// <summary>
        /// All persistent volumes of the agent. It removes others: they were destroyed while it was away. A task that
        /// uses one made later is of this session, and so comes later.
        /// </summary>
        public ImmutableArray<VolumeName> Volumes { get; init; } = [];
    }

    /// <summary>
    /// These volumes were destroyed, and nobody uses them. No answer: the next registration says it again.
    /// </summary>
    public sealed record DestroyVolumes(AgentId AgentId, AgentSession Session, ImmutableArray<VolumeName> Names)
        : IWireMessage;

    /// <summary>The agent may not join: for now, or, where the reason says so, for good.</summary>
    public sealed record AgentRefused(Guid Incarnation, AgentRefusal Reason, string Message) : IWireMessage;

    /// <summary>Why an agent may not join.</summary>
    public enum AgentRefusal
    {
        /// <summary>An operator declared this id gone.</summary>
        MarkedGone,

        /// <summary>The id was never given out by this cluster.</summary>
        UnknownId,

        /// <summary>Another process is registered under the id and answers.</summary>
        IdInUse,

        /// <summary>It has nothing to offer, or a description that breaks a rule; the message names it.</summary>
        InvalidInfo,

        /// <summary>Its machine is down for maintenance: it ends its tasks and asks again until that is over.</summary>
        DownForMaintenance,

        /// <summary>
        /// The cluster has all that it can count, and may have room again; the message names the bound. It asks again
        /// with growing pauses, and its tasks run on.
        /// </summary>
        NoRoom,
    }

    /// <summary>The report was taken; tasks of this session may come.</summary>
    public sealed record ReportAccepted(AgentId AgentId, AgentSession Session) : IWireMessage;

    /// <summary>Answers <see cref="MasterProtocol.UpdateRevocable"/>.</summary>
    public sealed record RevocableNoted(AgentId AgentId, AgentSession Session, long Version) : IWireMessage;

    /// <summary>
    /// Answered with <see cref="MasterProtocol.Pong"/>. An agent that does not know the session has missed its
    /// registration and asks for it again.
    /// </summary>
    public sealed record Ping(AgentId AgentId, AgentSession Session) : IWireMessage;

    /// <summary>
    /// A new master has taken office: register again. Said to every agent of the node, or of the cluster, and again as
    /// long as agents are missing; who misses all of it finds out by the pings that do not come.
    /// </summary>
    public sealed record MasterElected(MasterEpoch Epoch) : IWireMessage
    {
        /// <summary>
        /// In which agents register, each at a moment of its own: the more of them are awaited, the longer. None: as
        /// an agent's <c>register-backoff</c> has it, which is also the longest that it takes.
        /// </summary>
        public TimeSpan? Within { get; init; }
    }

    /// <summary>The master does not hold the agent's session: it must register again.</summary>
    public sealed record Reregister(AgentId AgentId, MasterEpoch Epoch) : IWireMessage;

    // ---- from task entities

    /// <summary>
    /// Run a task. Repeated until answered with <see cref="TaskProtocol.RunAnswered"/>; idempotent by task id.
    /// </summary>
    /// <param name="Session">The agent's session in which the resources were given.</param>
    public sealed record RunTask(FrameworkId FrameworkId, TaskInfo Task, string Role, AgentSession Session)
        : IWireMessage;

    /// <summary>
    /// End a task: SIGTERM to all its processes, SIGKILL after the grace. Repeated until answered with
    /// <see cref="TaskProtocol.KillAnswered"/>.
    /// </summary>
    /// <param name="Grace">Replaces the task's own grace where given; not negative.</param>
    public sealed record KillTask(FrameworkId FrameworkId, TaskId TaskId, TimeSpan? Grace) : IWireMessage
    {
        /// <summary>
        /// The role that takes back what it is guaranteed: the task ends as preempted for it. Empty: it ends as killed.
        /// </summary>
        public string PreemptedFor { get; init; } = "";
    }

    /// <summary>
    /// The update is stored, and the agent may send the task's next one. After a terminal one it may forget the task.
    /// </summary>
    public sealed record UpdateStored(FrameworkId FrameworkId, TaskId TaskId, Guid Uuid) : IWireMessage;

    /// <summary>
    /// After a master saw the agent unreachable and back: say again how this task is. Answered with a
    /// <see cref="TaskProtocol.AgentUpdate"/> whose reason is <see cref="StatusReason.AgentReregistered"/>, or with
    /// <see cref="TaskProtocol.TaskNotHeld"/>.
    /// </summary>
    public sealed record ReportTask(FrameworkId FrameworkId, TaskId TaskId) : IWireMessage;

    // ---- from the gateway

    /// <summary>Part of a task's output. Answered with <see cref="LogRead"/> or <see cref="LogMissing"/>.</summary>
    /// <param name="Offset">Bytes from the beginning of all that was written; negative: from the end.</param>
    /// <param name="Length">At most this many bytes, 1 to 1 MiB.</param>
    public sealed record ReadLog(FrameworkId FrameworkId, TaskId TaskId, LogStream Stream, long Offset, int Length)
        : IWireMessage;

    /// <summary>Which of a task's outputs.</summary>
    public enum LogStream
    {
        /// <summary>Standard output.</summary>
        Stdout,

        /// <summary>Standard error.</summary>
        Stderr,
    }

    /// <summary>A part of the output.</summary>
    /// <param name="Offset">Where it begins; later than asked for when rotation removed what was before.</param>
    /// <param name="Size">How much there is now.</param>
    /// <param name="Ended">The task ended: no more will come.</param>
    public sealed record LogRead(long Offset, ImmutableArray<byte> Data, long Size, bool Ended) : IAgentMessage;

    /// <summary>There is no such output here.</summary>
    public sealed record LogMissing(string Why) : IAgentMessage;
}
