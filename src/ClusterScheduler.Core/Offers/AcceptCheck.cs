using System.Collections.Immutable;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
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
}

/// <summary>What an accept leads to.</summary>
/// <param name="Left">What goes back to the allocator.</param>
/// <param name="Used">What turned from offered into used.</param>
public sealed record AcceptOutcome(
    AcceptAnswer Answer, ImmutableArray<Returned> Left, ImmutableArray<TaskAllocation> Used)
{
    /// <summary>What operations made of what; to be stored before anybody is answered.</summary>
    public AgentConversions? Conversions { get; init; }
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
    /// <returns>None when the framework has long stored the answer.</returns>
    public static AcceptOutcome? Accept(OfferBook book, AcceptRequest request, DateTimeOffset now)
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

        var outcome = Decide(book, request, now);
        ledger.Keep(outcome.Answer);
        return outcome;
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

    private static AcceptOutcome Decide(OfferBook book, AcceptRequest request, DateTimeOffset now)
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
        var operations = AcceptOperations.Run(
            ended.Aggregate(ResourceSet.Empty, static (sum, offer) => sum + offer.Resources),
            agent.Total, RoleName.Parse(role), request.Operations);
        book.Convert(agent, operations.Conversions);
        var pool = operations.Pool;
        var verdicts = ImmutableArray.CreateBuilder<LaunchVerdict>(request.Launches.Length);
        var used = ImmutableArray.CreateBuilder<TaskAllocation>(request.Launches.Length);
        foreach (var task in request.Launches)
        {
            if (TaskRules.Check(task) is { } wrong)
            {
                verdicts.Add(Error(task, wrong));
            }
            else if (agent.Find(request.FrameworkId, task.TaskId) is not null)
            {
                verdicts.Add(Error(task, $"task id '{task.TaskId}' is in use on agent '{agent.Id}'"));
            }
            else if (!pool.TrySubtract(task.Resources, out var rest))
            {
                verdicts.Add(Error(task,
                    $"the task asks for {task.Resources}; {pool} is left of the offers on agent '{agent.Id}'"));
            }
            else
            {
                pool = rest;
                var allocation = new TaskAllocation(request.FrameworkId, task.TaskId, role, task.Resources,
                    agent.Session, now, Confirmed: false)
                {
                    Priority = task.Priority,
                };
                book.Put(agent, allocation);
                used.Add(allocation);
                verdicts.Add(new LaunchVerdict(task.TaskId, true, TaskState.Staging, StatusReason.None, ""));
            }
        }

        return new AcceptOutcome(
            new AcceptAnswer(request.AcceptId, verdicts.ToImmutable(), Grant(agent, role, used))
            {
                Operations = operations.Statuses,
            },
            pool.IsEmpty ? [] : [Return(request, role, agent.Id, pool)],
            used.ToImmutable())
        {
            Conversions = operations.Conversions.IsEmpty
                ? null
                : new AgentConversions(agent.Id, role, operations.Conversions),
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

    private static LaunchGrant? Grant(AgentLedger agent, string role, ImmutableArray<TaskAllocation>.Builder used) =>
        used.Count == 0
            ? null
            : new LaunchGrant(agent.Id, agent.Session, role, [.. used.Select(static task => task.TaskId)]);

    private static LaunchVerdict Error(TaskInfo task, string message) =>
        new(task.TaskId, false, TaskState.Error, StatusReason.TaskInvalid, message);

    private static Returned Return(AcceptRequest request, string role, AgentId agent, ResourceSet resources) =>
        new(request.FrameworkId, role, agent, resources, request.RefuseFor);
}
