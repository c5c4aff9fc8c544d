using System.Collections.Immutable;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Reservations;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Offers;

/// <summary>One accept, as the master takes it in.</summary>
/// <param name="RefuseFor">For what is left of the offers.</param>
public sealed record AcceptRequest(
    FrameworkId FrameworkId,
    long AcceptId,
    ImmutableArray<OfferId> OfferIds,
    ImmutableArray<TaskInfo> Launches,
    TimeSpan? RefuseFor)
{
    /// <summary>Carried out in order, before the launches.</summary>
    public ImmutableArray<ResourceOperation> Operations { get; init; } = [];

    /// <summary>Operations that would take a role beyond its limit, by their place.</summary>
    public ImmutableDictionary<int, LimitBreach> Breaches { get; init; } = ImmutableDictionary<int, LimitBreach>.Empty;
}

/// <summary>What an accept leads to.</summary>
/// <param name="Left">What goes back to the allocator.</param>
/// <param name="Used">What turned from offered into used.</param>
public sealed record AcceptOutcome(
    AcceptAnswer Answer, ImmutableArray<Returned> Left, ImmutableArray<TaskAllocation> Used)
{
    /// <summary>What operations made of what; to be stored before anybody is answered.</summary>
    public AgentConversions? Conversions { get; init; }

    /// <summary>Other offers that ended, because they held a shared volume that was destroyed.</summary>
    public ImmutableArray<OpenOffer> Rescinded { get; init; } = [];
}

/// <summary>What operations changed at one agent.</summary>
/// <param name="AgentId">Where.</param>
/// <param name="Role">In which role it was offered.</param>
/// <param name="Items">What became what, in order.</param>
public sealed record AgentConversions(AgentId AgentId, string Role, ImmutableArray<ResourceConversion> Items);

/// <summary>
/// Turns offers into running tasks, or says why not (mesos-semantics.md, section 2, ACCEPT): all offers must be open,
/// the framework's own, of one agent and one role, none named twice; else all launches are dropped and the valid
/// offers return. Launches are taken in order from the union of the offers; what is left returns with the filter.
/// </summary>
public static class AcceptCheck
{
    /// <summary>Carries out one accept, once: the same accept id gets the same answer.</summary>
    /// <param name="book">The master's memory.</param>
    /// <param name="request">The accept.</param>
    /// <param name="claimed">What transactions that the allocator has not answered ask of an agent.</param>
    /// <param name="now">The instant of it.</param>
    /// <returns>None when the framework has long stored the answer.</returns>
    public static AcceptOutcome? Accept(
        OfferBook book, AcceptRequest request, Func<AgentId, ResourceSet> claimed, DateTimeOffset now)
    {
        var ledger = book.Ledger(request.FrameworkId);
        if (request.AcceptId <= ledger.ConfirmedUpTo)
        {
            return null;
        }

        if (ledger.AnswerTo(request.AcceptId) is { } before)
        {
            return new AcceptOutcome(before, [], []);
        }

        var outcome = Decide(book, request, claimed, now);
        ledger.Keep(outcome.Answer);
        return outcome;
    }

    /// <summary>What operations of an accept would let roles consume that they do not.</summary>
    /// <returns>Nothing when an offer has ended: then the accept is dropped.</returns>
    public static ImmutableArray<OperationGrowth> Growth(OfferBook book, AcceptRequest request)
    {
        if (request.Operations.IsEmpty || BrokenRule(book, request) is not null)
        {
            return [];
        }

        var offers = request.OfferIds.Select(id => book.Find(id)!.Offer).ToList();
        return AcceptOperations.Growth(
            offers.Aggregate(ResourceSet.Empty, static (sum, offer) => sum + offer.Resources),
            RoleName.Parse(offers[0].Role), request.Operations);
    }

    /// <summary>The answer to an accept whose offers ended with their master.</summary>
    public static AcceptAnswer DropAll(
        long acceptId,
        ImmutableArray<TaskInfo> launches,
        ImmutableArray<ResourceOperation> operations,
        string message) => new(
        acceptId,
        [
            .. launches.Select(task => new LaunchVerdict(
                task.TaskId, false, TaskState.Dropped, StatusReason.InvalidOffers, message)),
        ],
        null)
    {
        Operations = AcceptOperations.DropAll(operations, message),
    };

    private static AcceptOutcome Decide(
        OfferBook book, AcceptRequest request, Func<AgentId, ResourceSet> claimed, DateTimeOffset now)
    {
        var broken = BrokenRule(book, request);
        var ended = request.OfferIds.Select(id => book.End(id, request.FrameworkId)).OfType<OpenOffer>()
            .Select(static open => open.Offer).ToImmutableArray();
        if (broken is not null)
        {
            return new AcceptOutcome(DropAll(request.AcceptId, request.Launches, request.Operations, broken),
                [.. ended.Select(offer => Return(request, offer.Role, offer.AgentId, offer.Resources))], []);
        }

        var agent = book.Find(ended[0].AgentId)!;
        var role = ended[0].Role;
        var pool = ended.Aggregate(ResourceSet.Empty, static (sum, offer) => sum + offer.Resources);
        var used = request.Operations.IsEmpty ? ResourceSet.Empty : agent.Used + claimed(agent.Id);
        var operations = AcceptOperations.Run(pool, agent.Total, used, RoleName.Parse(role), request.Operations,
            request.Breaches);
        book.Convert(agent, operations.Conversions);
        var launches = AcceptLaunches.Run(book, agent, request, role, operations.Pool, now);
        return new AcceptOutcome(
            new AcceptAnswer(request.AcceptId, launches.Verdicts, Grant(agent, role, launches.Used))
            {
                Operations = operations.Statuses,
            },
            launches.Left.IsEmpty ? [] : [Return(request, role, agent.Id, launches.Left)],
            launches.Used)
        {
            Conversions = operations.Conversions.IsEmpty
                ? null
                : new AgentConversions(agent.Id, role, operations.Conversions),
            Rescinded = book.EndOffersOf(agent, operations.Destroyed()),
        };
    }

    private static string? BrokenRule(OfferBook book, AcceptRequest request)
    {
        if (request.OfferIds.IsDefaultOrEmpty)
        {
            return "the accept names no offer";
        }

        Offer? first = null;
        var seen = new HashSet<OfferId>();
        foreach (var id in request.OfferIds)
        {
            if (!seen.Add(id))
            {
                return $"offer '{id}' is named twice";
            }

            if (book.Find(id) is not { } open || open.FrameworkId != request.FrameworkId)
            {
                return $"offer '{id}' has ended, or was never made to this framework";
            }

            first ??= open.Offer;
            if (open.Offer.AgentId != first.AgentId || open.Offer.Role != first.Role)
            {
                return $"offers '{first.Id}' and '{id}' are not of one agent and one role";
            }
        }

        return null;
    }

    private static LaunchGrant? Grant(AgentLedger agent, string role, ImmutableArray<TaskAllocation> used) =>
        used.IsEmpty
            ? null
            : new LaunchGrant(agent.Id, agent.Session, role, [.. used.Select(static task => task.TaskId)]);

    private static Returned Return(AcceptRequest request, string role, AgentId agent, ResourceSet resources) =>
        new(request.FrameworkId, role, agent, resources, request.RefuseFor);
}
