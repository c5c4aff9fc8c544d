using ClusterScheduler.Core.Reservations;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Runtime.Entities;

namespace ClusterScheduler.Sdk;

/// <summary>
/// What authors of frameworks derive from: the callbacks and calls of a Mesos scheduler, as an actor. Callbacks run
/// one at a time, like any message handler, and must not block. The actor may receive messages of its own; those of
/// the connection never reach its behaviours. On an exception the actor restarts and subscribes again, and the update
/// that it did not get through comes again.
/// </summary>
public abstract class SchedulerActor : ReceiveActor
{
    private readonly SchedulerDriver _driver;

    /// <summary>Subscribes to the cluster that this node belongs to, once the actor has started.</summary>
    /// <param name="settings">The framework and how it connects.</param>
    /// <exception cref="ArgumentException">A setting cannot be worked with; the message names it.</exception>
    protected SchedulerActor(SchedulerSettings settings)
        : this(ClusterRefs.Of(Context.System).Frameworks, settings)
    {
    }

    /// <summary>Subscribes through a region that is given, such as that of a test.</summary>
    /// <param name="frameworks">Where messages to frameworks' entities go: the shard region or its proxy.</param>
    /// <param name="settings">The framework and how it connects.</param>
    /// <exception cref="ArgumentException">A setting cannot be worked with; the message names it.</exception>
    protected SchedulerActor(IActorRef frameworks, SchedulerSettings settings) =>
        _driver = new SchedulerDriver(Context, frameworks, settings, new Relay(this));

    /// <summary>The framework's id.</summary>
    protected FrameworkId FrameworkId => _driver.FrameworkId;

    /// <inheritdoc cref="SchedulerDriver.IsConnected"/>
    protected bool IsConnected => _driver.IsConnected;

    /// <inheritdoc cref="SchedulerDriver.Offers"/>
    protected IReadOnlyCollection<Offer> Offers => _driver.Offers;

    /// <inheritdoc/>
    protected override void PreStart()
    {
        base.PreStart();
        _driver.Start();
    }

    /// <summary>Leaves so that another scheduler, or this one after a restart, can take over.</summary>
    protected override void PostStop()
    {
        _driver.Stop();
        base.PostStop();
    }

    /// <inheritdoc/>
    protected override bool AroundReceive(Receive receive, object message) =>
        _driver.Handle(message) || base.AroundReceive(receive, message);

    /// <inheritdoc cref="ISchedulerCallbacks.Registered"/>
    protected virtual void Registered(FrameworkId frameworkId, MasterEpoch epoch)
    {
    }

    /// <inheritdoc cref="ISchedulerCallbacks.Reregistered"/>
    protected virtual void Reregistered(MasterEpoch epoch)
    {
    }

    /// <inheritdoc cref="ISchedulerCallbacks.Disconnected"/>
    protected virtual void Disconnected(string why)
    {
    }

    /// <inheritdoc cref="ISchedulerCallbacks.ResourceOffers"/>
    protected abstract void ResourceOffers(ImmutableArray<Offer> offers);

    /// <inheritdoc cref="ISchedulerCallbacks.OfferRescinded"/>
    protected virtual void OfferRescinded(OfferId offerId)
    {
    }

    /// <inheritdoc cref="ISchedulerCallbacks.InverseOffers"/>
    protected virtual void InverseOffers(ImmutableArray<InverseOffer> offers)
    {
    }

    /// <inheritdoc cref="ISchedulerCallbacks.InverseOfferRescinded"/>
    protected virtual void InverseOfferRescinded(OfferId offerId)
    {
    }

    /// <inheritdoc cref="ISchedulerCallbacks.StatusUpdate"/>
    protected abstract void StatusUpdate(StatusUpdate update);

    /// <inheritdoc cref="ISchedulerCallbacks.OperationUpdate"/>
    protected virtual void OperationUpdate(OperationStatus status)
    {
    }

    /// <inheritdoc cref="ISchedulerCallbacks.TransactionAnswered"/>
    protected virtual void TransactionAnswered(Guid transactionId, TransactionRefusal? refusal)
    {
    }

    /// <inheritdoc cref="ISchedulerCallbacks.AgentsShown"/>
    protected virtual void AgentsShown(AgentPage page)
    {
    }

    /// <inheritdoc cref="ISchedulerCallbacks.ExecutorLost"/>
    protected virtual void ExecutorLost(StatusUpdate update)
    {
    }

    /// <inheritdoc cref="ISchedulerCallbacks.AgentLost"/>
    protected virtual void AgentLost(AgentId agentId, bool gone)
    {
    }

    /// <summary>
    /// The subscription ended for good: refused, replaced by another scheduler of the same framework, or removed.
    /// Unless overridden, the actor stops.
    /// </summary>
    /// <param name="message">Which and why.</param>
    protected virtual void Error(string message) => Context.Stop(Self);

    /// <summary>A <see cref="Teardown"/> is done. Unless overridden, the actor stops.</summary>
    protected virtual void TornDown() => Context.Stop(Self);

    /// <inheritdoc cref="SchedulerDriver.Accept(IEnumerable{OfferId}, IEnumerable{TaskInfo}, OfferFilters?)"/>
    protected bool Accept(IEnumerable<OfferId> offerIds, IEnumerable<TaskInfo> tasks, OfferFilters? filters = null) =>
        _driver.Accept(offerIds, tasks, filters);

    /// <summary>Reserves, unreserves, makes and destroys volumes on offered resources, then launches tasks.</summary>
    /// <param name="offerIds">At least one; all of one agent and one role.</param>
    /// <param name="operations">Carried out in order, before the launches.</param>
    /// <param name="tasks">Together within what the operations made of the offers; may be none.</param>
    /// <param name="filters">How long the rest need not be offered again; Mesos' 5 s when not given.</param>
    /// <returns>False: there is no connection; tasks are dropped here, and no operation is done.</returns>
    protected bool Accept(
        IEnumerable<OfferId> offerIds,
        IEnumerable<ResourceOperation> operations,
        IEnumerable<TaskInfo> tasks,
        OfferFilters? filters = null) => _driver.Accept(offerIds, operations, tasks, filters);

    /// <inheritdoc cref="SchedulerDriver.ViewAgents"/>
    protected Guid? ViewAgents(string role, ResourceSet least = default, AgentId? after = null) =>
        _driver.ViewAgents(role, least, after);

    /// <inheritdoc cref="SchedulerDriver.Commit"/>
    protected Guid? Commit(string role, params ImmutableArray<AgentPlacement> placements) =>
        _driver.Commit(role, placements);

    /// <inheritdoc cref="SchedulerDriver.Decline"/>
    protected bool Decline(IEnumerable<OfferId> offerIds, OfferFilters? filters = null) =>
        _driver.Decline(offerIds, filters);

    /// <inheritdoc cref="SchedulerDriver.AcceptInverse"/>
    protected bool AcceptInverse(IEnumerable<OfferId> offerIds, OfferFilters? filters = null) =>
        _driver.AcceptInverse(offerIds, filters);

    /// <inheritdoc cref="SchedulerDriver.DeclineInverse"/>
    protected bool DeclineInverse(IEnumerable<OfferId> offerIds, OfferFilters? filters = null) =>
        _driver.DeclineInverse(offerIds, filters);

    /// <inheritdoc cref="SchedulerDriver.Revive"/>
    protected void Revive(params ImmutableArray<string> roles) => _driver.Revive(roles);

    /// <inheritdoc cref="SchedulerDriver.Suppress"/>
    protected void Suppress(params ImmutableArray<string> roles) => _driver.Suppress(roles);

    /// <inheritdoc cref="SchedulerDriver.Request"/>
    protected void Request(params ImmutableArray<ResourceRequest> requests) => _driver.Request(requests);

    /// <inheritdoc cref="SchedulerDriver.Kill"/>
    protected void Kill(TaskId taskId, TimeSpan? grace = null) => _driver.Kill(taskId, grace);

    /// <inheritdoc cref="SchedulerDriver.Reconcile"/>
    protected bool Reconcile(params ImmutableArray<TaskId> taskIds) => _driver.Reconcile(taskIds);

    /// <inheritdoc cref="SchedulerDriver.Acknowledge"/>
    protected void Acknowledge(StatusUpdate update) => _driver.Acknowledge(update);

    /// <inheritdoc cref="SchedulerDriver.Teardown"/>
    protected void Teardown() => _driver.Teardown();

    private sealed class Relay(SchedulerActor actor) : ISchedulerCallbacks
    {
        public void Registered(FrameworkId frameworkId, MasterEpoch epoch) => actor.Registered(frameworkId, epoch);

        public void Reregistered(MasterEpoch epoch) => actor.Reregistered(epoch);

        public void Disconnected(string why) => actor.Disconnected(why);

        public void ResourceOffers(ImmutableArray<Offer> offers) => actor.ResourceOffers(offers);

        public void OfferRescinded(OfferId offerId) => actor.OfferRescinded(offerId);

        public void InverseOffers(ImmutableArray<InverseOffer> offers) => actor.InverseOffers(offers);

        public void InverseOfferRescinded(OfferId offerId) => actor.InverseOfferRescinded(offerId);

        public void StatusUpdate(StatusUpdate update) => actor.StatusUpdate(update);

        public void OperationUpdate(OperationStatus status) => actor.OperationUpdate(status);

        public void TransactionAnswered(Guid transactionId, TransactionRefusal? refusal) =>
            actor.TransactionAnswered(transactionId, refusal);

        public void AgentsShown(AgentPage page) => actor.AgentsShown(page);

        public void ExecutorLost(StatusUpdate update) => actor.ExecutorLost(update);

        public void AgentLost(AgentId agentId, bool gone) => actor.AgentLost(agentId, gone);

        public void Error(string message) => actor.Error(message);

        public void TornDown() => actor.TornDown();
    }
}
