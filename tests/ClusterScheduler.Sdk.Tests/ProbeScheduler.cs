using System.Collections.Immutable;
using System.Threading.Channels;
using Akka.Actor;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Sdk.Tests;

/// <summary>A scheduler that writes down what it is told and does what the test tells it.</summary>
internal sealed class ProbeScheduler : SchedulerActor
{
    private readonly ChannelWriter<string> _told;

    public ProbeScheduler(IActorRef frameworks, SchedulerSettings settings, ChannelWriter<string> told)
        : base(frameworks, settings)
    {
        _told = told;
        Receive<Action<ProbeScheduler>>(act => act(this));
        Receive<string>(question => Sender.Tell($"own: {question}"));
    }

    public StatusUpdate? Latest { get; private set; }

    public AgentPage? Page { get; private set; }

    public new IReadOnlyCollection<Offer> Offers => base.Offers;

    public new bool Accept(IEnumerable<OfferId> offerIds, IEnumerable<TaskInfo> tasks, OfferFilters? filters = null) =>
        base.Accept(offerIds, tasks, filters);

    public new Guid? ViewAgents(string role, ResourceSet least = default, AgentId? after = null) =>
        base.ViewAgents(role, least, after);

    public new Guid? Commit(string role, params ImmutableArray<AgentPlacement> placements) =>
        base.Commit(role, placements);

    public new bool Decline(IEnumerable<OfferId> offerIds, OfferFilters? filters = null) =>
        base.Decline(offerIds, filters);

    public new bool AcceptInverse(IEnumerable<OfferId> offerIds, OfferFilters? filters = null) =>
        base.AcceptInverse(offerIds, filters);

    public new bool DeclineInverse(IEnumerable<OfferId> offerIds, OfferFilters? filters = null) =>
        base.DeclineInverse(offerIds, filters);

    public new void Revive(params ImmutableArray<string> roles) => base.Revive(roles);

    public new void Suppress(params ImmutableArray<string> roles) => base.Suppress(roles);

    public new void Request(params ImmutableArray<ResourceRequest> requests) => base.Request(requests);

    public new void Kill(TaskId taskId, TimeSpan? grace = null) => base.Kill(taskId, grace);

    public new bool Reconcile(params ImmutableArray<TaskId> taskIds) => base.Reconcile(taskIds);

    public new void Acknowledge(StatusUpdate update) => base.Acknowledge(update);

    public ImmutableArray<InverseOffer> Asked { get; private set; } = [];

    public new void Teardown() => base.Teardown();

    protected override void Registered(FrameworkId frameworkId, MasterEpoch epoch) =>
        _told.TryWrite($"registered {frameworkId} {epoch}");

    protected override void Reregistered(MasterEpoch epoch) => _told.TryWrite($"reregistered {epoch}");

    protected override void Disconnected(string why) => _told.TryWrite($"disconnected {Offers.Count}: {why}");

    protected override void ResourceOffers(ImmutableArray<Offer> offers) =>
        _told.TryWrite($"offers {string.Join(' ', offers.Select(static offer => offer.Id))}");

    protected override void OfferRescinded(OfferId offerId) => _told.TryWrite($"rescinded {offerId}");

    protected override void InverseOffers(ImmutableArray<InverseOffer> offers)
    {
        Asked = offers;
        _told.TryWrite($"inverse {string.Join(' ', offers.Select(static offer => offer.Id))}");
    }

    protected override void InverseOfferRescinded(OfferId offerId) => _told.TryWrite($"inverse rescinded {offerId}");

    protected override void StatusUpdate(StatusUpdate update)
    {
        Latest = update;
        _told.TryWrite($"update {update.TaskId} {update.State}");
        if (update.Message == "boom")
        {
            throw new InvalidOperationException("the test wants this exception");
        }
    }

    protected override void TransactionAnswered(Guid transactionId, TransactionRefusal? refusal) =>
        _told.TryWrite($"transaction {refusal?.Fault} {refusal?.AgentId} {refusal?.Version}");

    protected override void AgentsShown(AgentPage page)
    {
        Page = page;
        _told.TryWrite($"agents {string.Join(' ', page.Agents.Select(static agent => agent.AgentId))}");
    }

    protected override void ExecutorLost(StatusUpdate update) => _told.TryWrite($"executor lost {update.TaskId}");

    protected override void AgentLost(AgentId agentId, bool gone) => _told.TryWrite($"agent lost {agentId} {gone}");

    protected override void Error(string message)
    {
        _told.TryWrite($"error {message}");
        base.Error(message);
    }

    protected override void TornDown()
    {
        _told.TryWrite("torn down");
        base.TornDown();
    }

    protected override void PostStop()
    {
        base.PostStop();
        _told.TryWrite("stopped");
    }
}
