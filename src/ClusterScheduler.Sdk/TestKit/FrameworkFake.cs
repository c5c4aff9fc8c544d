using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Sdk.TestKit;

/// <summary>
/// Stands in for the cluster in a scheduler's unit test: a framework's entity that says what the test tells it to,
/// and keeps what the scheduler says until the test asks for it. It keeps the promises of the real one: updates of a
/// task in order, one unacknowledged at a time, sent again after a reconnection; offers end with their master.
/// </summary>
/// <example><code>
/// using var fake = FrameworkFake.Start(system);
/// system.ActorOf(Props.Create(() => new MyScheduler(fake.Frameworks)));
/// await fake.ExpectSubscribe();
/// fake.Offer("cpus:4;mem:1024");
/// var accept = await fake.ExpectAccept();
/// fake.Update(accept.Launches[0].TaskId, TaskState.Running);
/// </code></example>
public sealed class FrameworkFake : IDisposable
{
    private readonly ActorSystem _system;
    private readonly FakeInbox _inbox = new();
    private long _offerCount;
    private long _updateCount;

    private FrameworkFake(ActorSystem system, TimeSpan heartbeat)
    {
        _system = system;
        Frameworks = system.ActorOf(Props.Create(() => new FakeRegion(_inbox, heartbeat)));
    }

    /// <summary>What the scheduler under test takes for the frameworks' region.</summary>
    public IActorRef Frameworks { get; }

    /// <summary>How long an expectation waits before it fails; 3 s unless set.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Begins.</summary>
    /// <param name="system">The actor system of the test.</param>
    /// <param name="heartbeat">How often the scheduler is told that the connection lives; 15 s unless given.</param>
    public static FrameworkFake Start(ActorSystem system, TimeSpan? heartbeat = null)
    {
        ArgumentNullException.ThrowIfNull(system);
        return new FrameworkFake(system, heartbeat ?? TimeSpan.FromSeconds(15));
    }

    /// <summary>Stops the entity.</summary>
    public void Dispose() => _system.Stop(Frameworks);

    // ---- what the cluster does

    /// <summary>Offers resources of one agent to the scheduler.</summary>
    /// <param name="resources">In text form, such as <c>cpus:4;mem:1024;ports:[31000-31009]</c>.</param>
    /// <param name="agent">The agent's id and host name.</param>
    /// <param name="role">One of the framework's roles; its first unless given.</param>
    /// <param name="unavailability">When the agent is planned to be away; none unless given.</param>
    /// <param name="domain">Where the agent's machine stands; unknown unless given.</param>
    /// <returns>The offer, as the scheduler gets it.</returns>
    public Offer Offer(string resources, string agent = "agent-1", string role = "*",
        Unavailability? unavailability = null, AgentDomain? domain = null)
    {
        var offer = new Offer(
            new OfferId($"offer-{++_offerCount}"), new AgentId(agent), agent, [], role, ResourceSet.Parse(resources))
        {
            Domain = domain,
            Unavailability = unavailability,
        };
        Frameworks.Tell(new FakeScript.Offer([offer]));
        return offer;
    }

    /// <summary>Takes an offer back.</summary>
    public void Rescind(OfferId offerId) => Frameworks.Tell(new FakeScript.Rescind(offerId));

    /// <summary>Asks the scheduler to leave an agent.</summary>
    /// <param name="start">When the agent goes away.</param>
    /// <param name="agent">The agent, of the same host name.</param>
    /// <returns>The inverse offer.</returns>
    public InverseOffer AskToLeave(DateTimeOffset start, string agent = "agent-1")
    {
        var offer = new InverseOffer(new OfferId($"inverse-{++_offerCount}"), new AgentId(agent), agent,
            new Unavailability(start, null), ResourceSet.Empty);
        Frameworks.Tell(new FakeScript.AskToLeave(offer));
        return offer;
    }

    /// <summary>Asks the scheduler to give resources back, because a role waits for what it is guaranteed.</summary>
    /// <param name="resources">What is asked back, in text form.</param>
    /// <param name="until">The deadline.</param>
    /// <param name="forRole">The role that waits.</param>
    /// <param name="agent">The agent, of the same host name.</param>
    /// <param name="tasks">Those that would go first; the fake kills none of them.</param>
    /// <returns>The inverse offer.</returns>
    public InverseOffer AskBack(
        string resources, DateTimeOffset until, string forRole, string agent = "agent-1",
        params ImmutableArray<TaskId> tasks)
    {
        var offer = new InverseOffer(new OfferId($"inverse-{++_offerCount}"), new AgentId(agent), agent,
            new Unavailability(until, null), ResourceSet.Parse(resources))
        {
            Reclaim = new ReclaimReason(forRole, until, tasks, IsKilledAfter: true),
        };
        Frameworks.Tell(new FakeScript.AskToLeave(offer));
        return offer;
    }

    /// <summary>Takes an inverse offer back.</summary>
    public void RescindInverse(OfferId offerId) => Frameworks.Tell(new FakeScript.RescindInverse(offerId));

    /// <summary>Reports a task's state; comes to the scheduler when the task's earlier updates are
    /// acknowledged.</summary>
    /// <param name="taskId">The task.</param>
    /// <param name="state">Its state.</param>
    /// <param name="reason">Why.</param>
    /// <param name="message">For people.</param>
    /// <param name="evidence">What is known of its end.</param>
    /// <returns>The update, with a uuid.</returns>
    public StatusUpdate Update(
        TaskId taskId,
        TaskState state,
        StatusReason reason = StatusReason.None,
        string message = "",
        TaskEvidence? evidence = null)
    {
        var update = new StatusUpdate(
            taskId, state, StatusSource.Executor, reason, message, _system.Scheduler.Now)
        {
            Uuid = new Guid((int)++_updateCount, 0, 0, new byte[8]),
            Evidence = evidence,
        };
        Frameworks.Tell(new FakeScript.Update(update));
        return update;
    }

    /// <summary>Sends an update as it is, out of any order: a repeated one, or one without uuid.</summary>
    public void Send(StatusUpdate update) => Frameworks.Tell(new FakeScript.SendNow(update));

    /// <summary>From now on queries show these agents.</summary>
    public void ShowAgents(params ImmutableArray<FreeAgent> agents) =>
        Frameworks.Tell(new FakeScript.ShowAgents(agents));

    /// <summary>The next transaction is refused; without this it is granted.</summary>
    public void RefuseNextCommit(TransactionRefusal refusal) => Frameworks.Tell(new FakeScript.RefuseNext(refusal));

    /// <summary>An agent is lost.</summary>
    public void LoseAgent(string agent, bool gone = false) =>
        Frameworks.Tell(new FakeScript.LoseAgent(new AgentId(agent), gone));

    /// <summary>A new master takes office: offers end, the scheduler is told.</summary>
    public void FailOverMaster() => Frameworks.Tell(new FakeScript.FailOver());

    /// <summary>The entity stops, as when its node dies; the scheduler's next message starts it again.</summary>
    public void Crash() => Frameworks.Tell(new FakeScript.Crash());

    /// <summary>Nothing is answered any more, not even a subscription, as when the network is cut.</summary>
    public void CutOff() => Frameworks.Tell(new FakeScript.CutOff(true));

    /// <summary>The network is back.</summary>
    public void Mend() => Frameworks.Tell(new FakeScript.CutOff(false));

    /// <summary>The next call of the scheduler is lost on its way, though the connection lives.</summary>
    public void LoseNextCall() => Frameworks.Tell(new FakeScript.LoseNextCall());

    /// <summary>The next thing that the scheduler is told is lost on its way, though the connection lives.</summary>
    public void LoseNextEvent() => Frameworks.Tell(new FakeScript.LoseNextEvent());

    /// <summary>The subscription ends for good.</summary>
    public void EndSubscription(string message) => Frameworks.Tell(new FakeScript.End(message));

    /// <summary>
    /// From now on accepted tasks run by themselves: each is reported running, then in the state that this gives.
    /// </summary>
    public void RunTasks(Func<TaskInfo, TaskState> outcome) => Frameworks.Tell(new FakeScript.RunTasks(outcome));

    /// <summary>Everything that the test told the fake before is done when this returns.</summary>
    public Task Settle() => Frameworks.Ask<FakeScript.Settled>(new FakeScript.Settle(), Patience);

    /// <summary>That many heartbeats have been sent from now on when this returns.</summary>
    public Task Heartbeats(int count) =>
        Frameworks.Ask<FakeScript.Settled>(new FakeScript.AwaitHeartbeats(count), Patience);

    // ---- what the scheduler is expected to say

    /// <summary>The scheduler subscribes; the fake answers by itself.</summary>
    public Task<FrameworkProtocol.Subscribe> ExpectSubscribe() => Expect<FrameworkProtocol.Subscribe>();

    /// <summary>The scheduler accepts offers.</summary>
    public Task<FrameworkProtocol.AcceptOffers> ExpectAccept() => Expect<FrameworkProtocol.AcceptOffers>();

    /// <summary>The scheduler commits a transaction.</summary>
    public Task<FrameworkProtocol.CommitTasks> ExpectCommit() => Expect<FrameworkProtocol.CommitTasks>();

    /// <summary>The scheduler declines offers.</summary>
    public Task<FrameworkProtocol.DeclineOffers> ExpectDecline() => Expect<FrameworkProtocol.DeclineOffers>();

    /// <summary>The scheduler answers inverse offers.</summary>
    public Task<FrameworkProtocol.AnswerInverseOffers> ExpectInverseAnswer() =>
        Expect<FrameworkProtocol.AnswerInverseOffers>();

    /// <summary>The scheduler acknowledges an update.</summary>
    public Task<FrameworkProtocol.Acknowledge> ExpectAcknowledge() => Expect<FrameworkProtocol.Acknowledge>();

    /// <summary>The scheduler wants a task to end.</summary>
    public Task<FrameworkProtocol.KillTask> ExpectKill() => Expect<FrameworkProtocol.KillTask>();

    /// <summary>
    /// The next message of this kind that the scheduler sent and the test has not asked for yet. Messages of
    /// different kinds may be asked for in any order.
    /// </summary>
    /// <exception cref="ExpectationFailedException">None came within <see cref="Patience"/>; the message says what
    /// came instead.</exception>
    public Task<T> Expect<T>()
        where T : IFrameworkMessage => _inbox.Take<T>(Patience);

    /// <summary>Messages of this kind that came and were not asked for.</summary>
    public int Count<T>()
        where T : IFrameworkMessage => _inbox.Count<T>();
}
