using ClusterScheduler.Core.Reservations;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Protocol;

/// <summary>
/// What is said to a framework's entity, which stands between its scheduler, the master and its tasks. It looks the
/// same to the master whatever the scheduler is.
/// </summary>
public static partial class FrameworkProtocol
{
    // ---- from the scheduler (see SchedulerProtocol for what it hears)

    /// <summary>
    /// A scheduler connects; the sender is its actor, which is watched. A later subscription replaces an earlier one.
    /// Answered with <see cref="SchedulerProtocol.Subscribed"/> or <see cref="SchedulerProtocol.SubscriptionEnded"/>.
    /// </summary>
    /// <param name="Connection">Fresh for each subscription; names it in all that follows.</param>
    public sealed record Subscribe(
        FrameworkId FrameworkId, FrameworkInfo Info, Guid Connection, ImmutableArray<string> SuppressedRoles)
        : IFrameworkMessage
    {
        /// <summary>The latest master that it has heard of: an entity that has started anew takes none before it.
        /// </summary>
        public MasterEpoch Seen { get; init; }
    }

    /// <summary>The scheduler leaves; tasks run on until the failover timeout.</summary>
    public sealed record Unsubscribe(FrameworkId FrameworkId, Guid Connection) : ISchedulerCall;

    /// <summary>The scheduler ends its framework: all tasks are killed, the id is not used again.</summary>
    public sealed record Teardown(FrameworkId FrameworkId, Guid Connection) : ISchedulerCall;

    /// <summary>Use offers. Each task is answered by its updates; nothing else is promised.</summary>
    public sealed record AcceptOffers(
        FrameworkId FrameworkId,
        Guid Connection,
        ImmutableArray<OfferId> OfferIds,
        ImmutableArray<TaskInfo> Launches,
        OfferFilters Filters) : ISchedulerCall
    {
        /// <summary>Carried out in order, before the launches.</summary>
        public ImmutableArray<ResourceOperation> Operations { get; init; } = [];
    }

    /// <summary>Give offers back.</summary>
    public sealed record DeclineOffers(
        FrameworkId FrameworkId, Guid Connection, ImmutableArray<OfferId> OfferIds, OfferFilters Filters)
        : ISchedulerCall;

    /// <summary>Say whether agents will be left in time, as inverse offers asked.</summary>
    /// <param name="Filters">How long it need not be asked again about those agents.</param>
    public sealed record AnswerInverseOffers(
        FrameworkId FrameworkId,
        Guid Connection,
        ImmutableArray<OfferId> OfferIds,
        InverseVerdict Verdict,
        OfferFilters Filters) : ISchedulerCall;

    /// <summary>Want offers again in these roles (empty: all), and forget the decline filters.</summary>
    public sealed record ReviveOffers(FrameworkId FrameworkId, Guid Connection, ImmutableArray<string> Roles)
        : ISchedulerCall;

    /// <summary>Want no offers in these roles (empty: all) until revived.</summary>
    public sealed record SuppressOffers(FrameworkId FrameworkId, Guid Connection, ImmutableArray<string> Roles)
        : ISchedulerCall;

    /// <summary>What the framework waits for, whole; it changes no offer, but explanations are about it.</summary>
    public sealed record RequestResources(
        FrameworkId FrameworkId, Guid Connection, ImmutableArray<ResourceRequest> Requests) : ISchedulerCall;

    /// <summary>End a task. A task that nobody knows is answered as a reconciliation would.</summary>
    public sealed record KillTask(FrameworkId FrameworkId, Guid Connection, TaskId TaskId, TimeSpan? Grace)
        : ISchedulerCall;

    /// <summary>The scheduler took this update.</summary>
    public sealed record Acknowledge(FrameworkId FrameworkId, Guid Connection, TaskId TaskId, Guid Uuid)
        : ISchedulerCall;

    /// <summary>How are these tasks (empty: all of mine)? Answered by updates without uuid.</summary>
    public sealed record Reconcile(FrameworkId FrameworkId, Guid Connection, ImmutableArray<TaskId> TaskIds)
        : ISchedulerCall;

    // ---- from the master

    /// <summary>The framework takes part in the offers of this master.</summary>
    public sealed record FrameworkRegistered(FrameworkId FrameworkId, MasterEpoch Epoch, Guid Connection)
        : IFrameworkMessage;

    /// <summary>The framework may not take part; the scheduler is told and disconnected.</summary>
    public sealed record FrameworkRefused(FrameworkId FrameworkId, Guid Connection, string Message)
        : IFrameworkMessage;

    /// <summary>
    /// A new master has taken office: register again. Repeated until answered with
    /// <see cref="MasterProtocol.ElectionNoted"/>.
    /// </summary>
    public sealed record MasterElected(FrameworkId FrameworkId, MasterEpoch Epoch) : IFrameworkMessage;

    /// <summary>Answers <see cref="MasterProtocol.DeactivateFramework"/>.</summary>
    public sealed record FrameworkDeactivated(FrameworkId FrameworkId, MasterEpoch Epoch, Guid Connection)
        : IFrameworkMessage;

    /// <summary>The master forgot the framework; its id is used up.</summary>
    public sealed record FrameworkRemoved(FrameworkId FrameworkId, MasterEpoch Epoch) : IFrameworkMessage;

    /// <summary>
    /// Resources for the framework to use or decline. Repeated until answered with
    /// <see cref="MasterProtocol.OffersNoted"/> where it has a number.
    /// </summary>
    public sealed record OffersMade(
        FrameworkId FrameworkId, MasterEpoch Epoch, Guid Connection, ImmutableArray<Offer> Offers)
        : IFrameworkMessage
    {
        /// <summary>Counts what is said over one connection, from 1; what comes twice is passed on once.</summary>
        public long Number { get; init; }
    }

    /// <summary>These offers ended without the framework's doing.</summary>
    public sealed record OffersRescinded(
        FrameworkId FrameworkId, MasterEpoch Epoch, ImmutableArray<OfferId> OfferIds) : IFrameworkMessage;

    /// <summary>
    /// The framework is asked to leave agents. Repeated until answered with
    /// <see cref="MasterProtocol.InverseOffersNoted"/>.
    /// </summary>
    public sealed record InverseOffersMade(
        FrameworkId FrameworkId, MasterEpoch Epoch, Guid Connection, ImmutableArray<InverseOffer> Offers)
        : IFrameworkMessage;

    /// <summary>These inverse offers are void: the plan changed, or the agent left.</summary>
    public sealed record InverseOffersRescinded(
        FrameworkId FrameworkId, MasterEpoch Epoch, ImmutableArray<OfferId> OfferIds) : IFrameworkMessage;

    /// <summary>Answers <see cref="MasterProtocol.AnswerInverseOffers"/>.</summary>
    public sealed record InverseOffersEnded(
        FrameworkId FrameworkId, MasterEpoch Epoch, ImmutableArray<OfferId> OfferIds) : IFrameworkMessage;

    /// <summary>Answers <see cref="MasterProtocol.Decline"/>.</summary>
    public sealed record OffersEnded(
        FrameworkId FrameworkId, MasterEpoch Epoch, ImmutableArray<OfferId> OfferIds) : IFrameworkMessage;

    /// <summary>Answers <see cref="MasterProtocol.SetDemand"/>.</summary>
    public sealed record DemandNoted(FrameworkId FrameworkId, Guid Connection, long Version) : IFrameworkMessage;

    /// <summary>
    /// Answers <see cref="MasterProtocol.Accept"/>: what became of each task, in the order asked for.
    /// </summary>
    public sealed record AcceptAnswered(
        FrameworkId FrameworkId, long AcceptId, MasterEpoch Epoch, ImmutableArray<LaunchResult> Results)
        : IFrameworkMessage
    {
        /// <summary>Where granted tasks go; none when none was granted.</summary>
        public LaunchSite? Site { get; init; }

        /// <summary>What became of each operation, in the order asked for.</summary>
        public ImmutableArray<OperationStatus> Operations { get; init; } = [];
    }

    /// <summary>What the master did about one task of an accept.</summary>
    /// <param name="Granted">It may run; its resources are held.</param>
    /// <param name="State">When not granted: <see cref="TaskState.Dropped"/> or <see cref="TaskState.Error"/>.</param>
    public sealed record LaunchResult(
        TaskId TaskId, bool Granted, TaskState State, StatusReason Reason, string Message);

    /// <summary>The agent of an accept, as of the moment in which the resources were given.</summary>
    public sealed record LaunchSite(AgentId AgentId, AgentSession Session, string Role, IActorRef Agent);

    /// <summary>
    /// An agent is unreachable or gone. Passed on to the framework's tasks there; repeated until answered with
    /// <see cref="AgentLossNoted"/>, when all of them have noted it.
    /// </summary>
    public sealed record AgentLost(
        FrameworkId FrameworkId, MasterEpoch Epoch, AgentId AgentId, bool Gone, DateTimeOffset At)
        : IFrameworkMessage
    {
        /// <summary>All sessions of the agent up to this one are over.</summary>
        public AgentSession Session { get; init; }
    }

    /// <summary>Said to the master; answers <see cref="AgentLost"/>.</summary>
    public sealed record AgentLossNoted(FrameworkId FrameworkId, MasterEpoch Epoch, AgentId AgentId)
        : IFrameworkMessage
    {
        /// <summary>As in what it answers.</summary>
        public AgentSession Session { get; init; }

        /// <summary>As in what it answers.</summary>
        public bool Gone { get; init; }
    }

    /// <summary>
    /// An agent that was unreachable is back. Passed on to the framework's tasks there; repeated until answered with
    /// <see cref="AgentReturnNoted"/>, when all of them have noted it.
    /// </summary>
    public sealed record AgentReturned(
        FrameworkId FrameworkId, MasterEpoch Epoch, AgentId AgentId, AgentSession Session, IActorRef Agent)
        : IFrameworkMessage;

    /// <summary>Said to the master; answers <see cref="AgentReturned"/>.</summary>
    public sealed record AgentReturnNoted(
        FrameworkId FrameworkId, MasterEpoch Epoch, AgentId AgentId, AgentSession Session) : IFrameworkMessage;

    // ---- from task entities

    /// <summary>The task is stored and its launch is being driven.</summary>
    public sealed record TaskStaged(FrameworkId FrameworkId, TaskId TaskId) : IFrameworkMessage;

    /// <summary>The kill is stored and is being driven, or there is nothing to kill.</summary>
    public sealed record KillNoted(FrameworkId FrameworkId, TaskId TaskId) : IFrameworkMessage;

    /// <summary>
    /// A status for the scheduler. Repeated until answered with <see cref="TaskProtocol.AcknowledgeUpdate"/> when it
    /// has a uuid.
    /// </summary>
    public sealed record TaskUpdated(FrameworkId FrameworkId, StatusUpdate Update) : IFrameworkMessage
    {
        /// <summary>Which of the task's statuses this is, from 1; 0: not one of those that it stored.</summary>
        public int Number { get; init; }
    }

    /// <summary>Answers a <see cref="TaskProtocol.ResumeTask"/> that asks for it.</summary>
    /// <param name="Update">The newest status that the task has stored; none before the first.</param>
    /// <param name="Number">Which of its statuses that is, from 1; 0 before the first.</param>
    public sealed record TaskNewest(FrameworkId FrameworkId, TaskId TaskId, StatusUpdate? Update, int Number)
        : IFrameworkMessage;

    /// <summary>
    /// The task has noted what became of its agent; answers <see cref="TaskProtocol.AgentLost"/> and
    /// <see cref="TaskProtocol.AgentReturned"/>.
    /// </summary>
    public sealed record AgentNewsNoted(FrameworkId FrameworkId, TaskId TaskId, AgentNews News) : IFrameworkMessage;

    // ---- questions

    /// <summary>
    /// Tasks that have not ended, and the last ones that did. Answered with <see cref="TaskList"/>.
    /// </summary>
    public sealed record ListTasks(FrameworkId FrameworkId) : IFrameworkMessage;

    /// <summary>The framework's tasks in the order of their ids.</summary>
    public sealed record TaskList(FrameworkId FrameworkId, ImmutableArray<TaskSummary> Tasks) : IWireMessage;

    /// <summary>One task as its framework's entity knows it.</summary>
    public sealed record TaskSummary(
        TaskId TaskId, string Name, AgentId? AgentId, ResourceSet Resources, StatusUpdate? Latest)
    {
        /// <summary>The framework's entity was started anew and has not heard yet which status the task has.</summary>
        public bool StatusUnknown { get; init; }

        /// <inheritdoc cref="TaskInfo.Priority"/>
        public int Priority { get; init; }
    }
}
