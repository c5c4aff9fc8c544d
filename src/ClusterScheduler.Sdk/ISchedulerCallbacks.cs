namespace ClusterScheduler.Sdk;

/// <summary>
/// What a scheduler is told; the callbacks of Mesos' Scheduler interface. All are called inside the actor that holds
/// the <see cref="SchedulerDriver"/>, one at a time.
/// </summary>
public interface ISchedulerCallbacks
{
    /// <summary>The first subscription holds.</summary>
    /// <param name="frameworkId">The framework's id.</param>
    /// <param name="epoch">The master's.</param>
    void Registered(FrameworkId frameworkId, MasterEpoch epoch);

    /// <summary>
    /// The subscription holds again: after <see cref="Disconnected"/>, or without it when a new master took office.
    /// Offers from before have ended. The right moment to <see cref="SchedulerDriver.Reconcile"/>.
    /// </summary>
    /// <param name="epoch">The master's.</param>
    void Reregistered(MasterEpoch epoch);

    /// <summary>The connection is lost and being sought again. All offers have been rescinded before this.</summary>
    /// <param name="why">For people.</param>
    void Disconnected(string why);

    /// <summary>Resources to use or to decline; each offer is given out once and ends exactly once.</summary>
    /// <param name="offers">At least one.</param>
    void ResourceOffers(ImmutableArray<Offer> offers);

    /// <summary>An offer ended without the scheduler's doing.</summary>
    /// <param name="offerId">An offer that was given out and not yet accepted or declined.</param>
    void OfferRescinded(OfferId offerId);

    /// <summary>
    /// Agents go away and should be left in time, or, where <see cref="InverseOffer.Reclaim"/> is given, resources are
    /// asked back until a time because a role waits for what it is guaranteed (Mesos: inverseOffers). Each is to be
    /// answered with <see cref="SchedulerDriver.AcceptInverse"/> or <see cref="SchedulerDriver.DeclineInverse"/>;
    /// nothing is taken away before an operator takes the machine down, or the time is over.
    /// </summary>
    /// <param name="offers">At least one.</param>
    void InverseOffers(ImmutableArray<InverseOffer> offers)
    {
    }

    /// <summary>
    /// An inverse offer is void: the plan changed, the agent left, enough came back, its time is over, or the
    /// connection was lost.
    /// </summary>
    /// <param name="offerId">One that was given out and not yet answered.</param>
    void InverseOfferRescinded(OfferId offerId)
    {
    }

    /// <summary>
    /// A task's state. Updates of one task come in order, each at least once; one that was acknowledged is not given
    /// out again by the same driver, but may be after a restart of the scheduler.
    /// </summary>
    /// <param name="update">To be acknowledged when it has a uuid.</param>
    void StatusUpdate(StatusUpdate update);

    /// <summary>
    /// What became of a reservation or volume that an accept asked for. Said once, not repeated after a lost
    /// connection: the resources of later offers say it again.
    /// </summary>
    /// <param name="status">Finished, or why not.</param>
    void OperationUpdate(OperationStatus status)
    {
    }

    /// <summary>
    /// What became of a <see cref="SchedulerDriver.Commit"/>. Said once, not repeated after a lost connection: the
    /// updates of its tasks say it again.
    /// </summary>
    /// <param name="transactionId">As it was returned.</param>
    /// <param name="refusal">Why all of its tasks are dropped: for a conflict, with the agent and its version now.
    /// None: all may run.</param>
    void TransactionAnswered(Guid transactionId, TransactionRefusal? refusal)
    {
    }

    /// <summary>Answers <see cref="SchedulerDriver.ViewAgents"/>.</summary>
    /// <param name="page">Agents with something free, in the order of their ids.</param>
    void AgentsShown(AgentPage page)
    {
    }

    /// <summary>What ran a task ended without saying how the task ended; its update follows.</summary>
    /// <param name="update">The update that says so.</param>
    void ExecutorLost(StatusUpdate update);

    /// <summary>An agent is unreachable, or gone for good; updates of its tasks come by themselves.</summary>
    /// <param name="agentId">The agent.</param>
    /// <param name="gone">True: it will not come back.</param>
    void AgentLost(AgentId agentId, bool gone);

    /// <summary>
    /// The subscription ended for good: refused, replaced by another scheduler of the same framework, or removed.
    /// The driver has stopped.
    /// </summary>
    /// <param name="message">Which and why.</param>
    void Error(string message);

    /// <summary>A teardown that was asked for is done. The driver has stopped.</summary>
    void TornDown();
}
