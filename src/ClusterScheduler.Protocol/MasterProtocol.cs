using ClusterScheduler.Core.Reservations;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Protocol;

/// <summary>
/// What is said to the master. Everything here may be repeated: the sender repeats it until it is answered, and the
/// second time changes nothing. Answers to agents stand in <see cref="AgentProtocol"/>, to frameworks in
/// <see cref="FrameworkProtocol"/>, to tasks in <see cref="TaskProtocol"/>.
/// </summary>
public static partial class MasterProtocol
{
    // ---- from agents

    /// <summary>
    /// An agent asks to be admitted, or back in. The sender is the agent's actor. Answered with
    /// <see cref="AgentProtocol.AgentRegistered"/> or <see cref="AgentProtocol.AgentRefused"/>.
    /// </summary>
    /// <param name="AgentId">The id it was given before; none at its first registration.</param>
    /// <param name="Info">Its machine.</param>
    /// <param name="Incarnation">One start of the agent's process; the same while it only reconnects.</param>
    public sealed record RegisterAgent(AgentId? AgentId, AgentInfo Info, Guid Incarnation) : IAgentMessage
    {
        /// <summary>The latest master that it has heard of: an earlier one learns by this that it is none.</summary>
        public MasterEpoch Seen { get; init; }
    }

    /// <summary>
    /// What the agent holds, taken in the same step in which it adopted the session; from then on it refuses tasks of
    /// an older session that it does not hold. Answered with <see cref="AgentProtocol.ReportAccepted"/>.
    /// </summary>
    public sealed record ReportTasks(AgentId AgentId, AgentSession Session, ImmutableArray<ReportedTask> Tasks)
        : IAgentMessage;

    /// <summary>One task in an agent's report.</summary>
    /// <param name="State">Its newest state on the agent.</param>
    public sealed record ReportedTask(
        FrameworkId FrameworkId, TaskId TaskId, string Role, ResourceSet Resources, TaskState State)
    {
        /// <inheritdoc cref="TaskInfo.Priority"/>
        public int Priority { get; init; }
    }

    /// <summary>
    /// What the agent lends out beyond its total, whole (Mesos: UpdateSlaveMessage). Repeated until it is answered with
    /// <see cref="AgentProtocol.RevocableNoted"/>; an older version is ignored, and a new session begins with nothing.
    /// </summary>
    /// <param name="Version">Counts the agent's changes of it, from 1.</param>
    /// <param name="Revocable">Cpus and mem that were allocated and will probably not be used.</param>
    public sealed record UpdateRevocable(AgentId AgentId, AgentSession Session, long Version, ResourceSet Revocable)
        : IAgentMessage;

    /// <summary>Answers <see cref="AgentProtocol.Ping"/>.</summary>
    /// <param name="Held">Tasks that it holds: taken, and their end not stored yet.</param>
    public sealed record Pong(AgentId AgentId, AgentSession Session, int Held) : IAgentMessage;

    // ---- from framework entities

    /// <summary>
    /// A framework's scheduler is connected. Answered with <see cref="FrameworkProtocol.FrameworkRegistered"/> or
    /// <see cref="FrameworkProtocol.FrameworkRefused"/>. Offers of an earlier registration end.
    /// </summary>
    /// <param name="Connection">The scheduler's connection; a later one replaces it.</param>
    /// <param name="SuppressedRoles">Roles in which it wants no offers for now.</param>
    public sealed record RegisterFramework(
        FrameworkId FrameworkId, FrameworkInfo Info, Guid Connection, ImmutableArray<string> SuppressedRoles)
        : IFrameworkMessage
    {
        /// <summary>The latest master that it has heard of: an earlier one learns by this that it is none.</summary>
        public MasterEpoch Seen { get; init; }
    }

    /// <summary>
    /// The scheduler is gone: offers return, tasks run on. Answered with
    /// <see cref="FrameworkProtocol.FrameworkDeactivated"/>; of a connection that is not the present one it changes
    /// nothing.
    /// </summary>
    public sealed record DeactivateFramework(FrameworkId FrameworkId, Guid Connection) : IFrameworkMessage;

    /// <summary>
    /// The framework ends: teardown, or its failover timeout ran out. Answered with
    /// <see cref="FrameworkProtocol.FrameworkRemoved"/>.
    /// </summary>
    public sealed record RemoveFramework(FrameworkId FrameworkId, string Why) : IFrameworkMessage;

    /// <summary>Answers <see cref="FrameworkProtocol.MasterElected"/>.</summary>
    /// <param name="Epoch">The latest master that the framework has followed: the one that called, or a later one, and
    /// then who called is the master no more.</param>
    public sealed record ElectionNoted(FrameworkId FrameworkId, MasterEpoch Epoch) : IFrameworkMessage;

    /// <summary>Answers <see cref="FrameworkProtocol.OffersMade"/>.</summary>
    public sealed record OffersNoted(FrameworkId FrameworkId, MasterEpoch Epoch, Guid Connection, long Number)
        : IFrameworkMessage;

    /// <summary>
    /// Use offers for tasks; what is left of them is declined with the filters. Stored by the framework's entity
    /// before it is sent. Answered with <see cref="FrameworkProtocol.AcceptAnswered"/>, the same one each time, until
    /// the framework confirms it.
    /// </summary>
    /// <param name="AcceptId">Counts the framework's accepts, over all its life.</param>
    /// <param name="Epoch">The master that made the offers.</param>
    /// <param name="OfferIds">All of one agent and one role.</param>
    /// <param name="ConfirmedUpTo">Answers up to this accept id are stored and need not be kept.</param>
    public sealed record Accept(
        FrameworkId FrameworkId,
        long AcceptId,
        MasterEpoch Epoch,
        ImmutableArray<OfferId> OfferIds,
        ImmutableArray<TaskInfo> Launches,
        OfferFilters Filters,
        long ConfirmedUpTo) : IFrameworkMessage
    {
        /// <summary>Carried out in order, before the launches.</summary>
        public ImmutableArray<ResourceOperation> Operations { get; init; } = [];
    }

    /// <summary>
    /// The framework stored the answers up to this accept id. No answer: the next accept says it again.
    /// </summary>
    public sealed record ConfirmAccepts(FrameworkId FrameworkId, long UpTo) : IFrameworkMessage;

    /// <summary>Give offers back. Answered with <see cref="FrameworkProtocol.OffersEnded"/>.</summary>
    public sealed record Decline(
        FrameworkId FrameworkId, MasterEpoch Epoch, ImmutableArray<OfferId> OfferIds, OfferFilters Filters)
        : IFrameworkMessage;

    /// <summary>
    /// The roles in which the framework wants no offers, whole. Roles in <paramref name="Revived"/> also lose their
    /// decline filters. Answered with <see cref="FrameworkProtocol.DemandNoted"/>; an older version is ignored.
    /// </summary>
    public sealed record SetDemand(
        FrameworkId FrameworkId,
        Guid Connection,
        long Version,
        ImmutableArray<string> SuppressedRoles,
        ImmutableArray<string> Revived) : IFrameworkMessage
    {
        /// <summary>What the framework says that it waits for, whole.</summary>
        public ImmutableArray<ResourceRequest> Requests { get; init; } = [];
    }

    // ---- from task entities

    /// <summary>
    /// The task ended; its resources are free. Answered with <see cref="TaskProtocol.TaskReleased"/>, also when the
    /// master does not know it.
    /// </summary>
    public sealed record ReleaseTask(FrameworkId FrameworkId, TaskId TaskId, AgentId AgentId) : ITaskMessage;

    /// <summary>A task's standing, asked for with <see cref="TaskProtocol.ProbeTask"/>.</summary>
    public sealed record TaskProbed(FrameworkId FrameworkId, TaskId TaskId, AgentId AgentId, TaskStanding Standing)
        : ITaskMessage;

    /// <summary>What a task's entity knows of it.</summary>
    public enum TaskStanding
    {
        /// <summary>Never heard of it; from now on it never will start.</summary>
        NeverHeardOf,

        /// <summary>Its launch is being driven.</summary>
        Staged,

        /// <summary>The agent took it.</summary>
        Running,

        /// <summary>It ended.</summary>
        Ended,
    }

    // ---- from operators

    /// <summary>
    /// This agent will not come back: its tasks count as ended, and its id is refused from now on (Mesos:
    /// MARK_AGENT_GONE). Answered with <see cref="AgentMarkedGone"/>.
    /// </summary>
    public sealed record MarkAgentGone(AgentId AgentId) : IWireMessage;

    /// <summary>The agent is declared gone, durably.</summary>
    /// <param name="Known">False: no agent of this id is known.</param>
    public sealed record AgentMarkedGone(AgentId AgentId, bool Known) : IWireMessage;

    /// <summary>
    /// Agents that did not come back after the last failover may be declared unreachable, however many they are.
    /// Answered with <see cref="AgentRemovalsAllowed"/>.
    /// </summary>
    public sealed record AllowAgentRemovals : IWireMessage;

    /// <summary>It is allowed, by this master and until the next.</summary>
    /// <param name="Missing">Agents that are away now.</param>
    public sealed record AgentRemovalsAllowed(MasterEpoch Epoch, int Missing) : IWireMessage;

    // ---- questions

    /// <summary>Which cluster is this? Answered with <see cref="MasterIdentity"/>.</summary>
    public sealed record IdentifyMaster : IWireMessage;

    /// <summary>The cluster as its store names it.</summary>
    /// <param name="ClusterId">Made by the first master of all, and kept.</param>
    /// <param name="Clock">What the master's clock shows.</param>
    public sealed record MasterIdentity(string ClusterId, MasterEpoch Epoch, DateTimeOffset Clock) : IWireMessage;

    /// <summary>Where is this agent? Answered with <see cref="AgentLocated"/>.</summary>
    public sealed record LocateAgent(AgentId AgentId) : IWireMessage;

    /// <summary>Where it is, and how it stands.</summary>
    /// <param name="Agent">None when it is not connected.</param>
    /// <param name="Session">Of an agent that is not connected: it is not here in any session up to this one.</param>
    public sealed record AgentLocated(AgentId AgentId, IActorRef? Agent, AgentSession Session) : IWireMessage
    {
        /// <summary>Whether it can be used.</summary>
        public AgentStanding Standing { get; init; }
    }

    /// <summary>All agents. Answered with <see cref="AgentList"/>.</summary>
    public sealed record ListAgents : IWireMessage;

    /// <summary>Agents in the order of their ids.</summary>
    public sealed record AgentList(MasterEpoch Epoch, ImmutableArray<AgentSummary> Agents) : IWireMessage
    {
        /// <summary>
        /// Agents that did not come back after a failover and are too many to be declared unreachable without an
        /// operator; none when all is well.
        /// </summary>
        public HeldRemovals? Held { get; init; }
    }

    /// <summary>Removals that wait for <see cref="AllowAgentRemovals"/>, or for agents to come back.</summary>
    /// <param name="Missing">Agents that did not come back.</param>
    /// <param name="Known">Agents that were known when the master took office.</param>
    /// <param name="Limit">The share of them that may be removed, 0 to 1.</param>
    public sealed record HeldRemovals(int Missing, int Known, double Limit);

    /// <summary>
    /// An operator reserves, unreserves, makes or destroys volumes on an agent; offers of it are rescinded for that.
    /// Answered with <see cref="OperationApplied"/> or <see cref="OperationRefused"/>.
    /// </summary>
    public sealed record ApplyOperation(AgentId AgentId, ResourceOperation Operation) : IWireMessage;

    /// <summary>It is stored and in force.</summary>
    /// <param name="Total">All that the agent has now.</param>
    public sealed record OperationApplied(AgentId AgentId, ResourceSet Total) : IWireMessage;

    /// <summary>Nothing changed.</summary>
    public sealed record OperationRefused(AgentId AgentId, OperationRefusal Refusal) : IWireMessage;

    /// <summary>One agent as the master sees it.</summary>
    /// <param name="Offered">Held by offers.</param>
    /// <param name="Used">Held by tasks.</param>
    public sealed record AgentSummary(
        AgentId AgentId,
        AgentInfo Info,
        AgentStanding Standing,
        DateTimeOffset Since,
        AgentSession Session,
        ResourceSet Offered,
        ResourceSet Used,
        ImmutableArray<AllocatedTask> Tasks)
    {
        /// <summary>What operations made of its resources: dynamic reservations and volumes.</summary>
        public ResourceSet Made { get; init; }

        /// <summary>What it lends out beyond its resources, free or used.</summary>
        public ResourceSet Revocable { get; init; }
    }

    /// <summary>A task that uses an agent's resources.</summary>
    public sealed record AllocatedTask(FrameworkId FrameworkId, TaskId TaskId, string Role, ResourceSet Resources)
    {
        /// <inheritdoc cref="TaskInfo.Priority"/>
        public int Priority { get; init; }
    }

    /// <summary>Whether an agent can be used.</summary>
    public enum AgentStanding
    {
        /// <summary>Known from before this master took office; not yet back.</summary>
        Recovered,

        /// <summary>Registered and reported.</summary>
        Active,

        /// <summary>Its process ended or its connection broke, or it is about to report; nothing of it is offered.
        /// </summary>
        Disconnected,

        /// <summary>Missed its pings; its tasks may run.</summary>
        Unreachable,

        /// <summary>Declared gone by an operator; never comes back under this id.</summary>
        Gone,
    }

    /// <summary>All frameworks. Answered with <see cref="FrameworkList"/>.</summary>
    public sealed record ListFrameworks : IWireMessage;

    /// <summary>Frameworks in the order of their ids.</summary>
    public sealed record FrameworkList(MasterEpoch Epoch, ImmutableArray<FrameworkSummary> Frameworks) : IWireMessage;

    /// <summary>One framework as the master sees it.</summary>
    /// <param name="DominantShare">Its largest share of any resource of the cluster, 0 to 1.</param>
    /// <param name="OldestOffer">Since when it has held its oldest offer; none when it holds none.</param>
    public sealed record FrameworkSummary(
        FrameworkId FrameworkId,
        FrameworkInfo Info,
        bool Connected,
        DateTimeOffset Since,
        ImmutableArray<string> SuppressedRoles,
        int OfferCount,
        int TaskCount,
        ResourceSet Offered,
        ResourceSet Used,
        double DominantShare,
        DateTimeOffset? OldestOffer)
    {
        /// <summary>How it treats its offers; none when the allocator did not say.</summary>
        public HeldOffers? Held { get; init; }

        /// <summary>Offers held for longer are rescinded; none: there is no bound.</summary>
        public TimeSpan? OfferTimeout { get; init; }
    }

    /// <summary>How a framework treats its offers.</summary>
    /// <param name="Agents">At how many agents it holds some.</param>
    /// <param name="CpuSeconds">Cpus times the seconds they were offered and not answered, so far.</param>
    /// <param name="UsedPart">Of the cpus in offers that ended, the part that was accepted: 0 to 1.</param>
    /// <param name="IsHoarder">It holds more and longer than it should.</param>
    public sealed record HeldOffers(int Agents, double CpuSeconds, double UsedPart, bool IsHoarder);
}
