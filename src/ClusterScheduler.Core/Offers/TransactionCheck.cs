using System.Collections.Immutable;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Offers;

/// <summary>One transaction, as the master takes it in.</summary>
/// <param name="AcceptId">Counts the framework's accepts and transactions, over all its life.</param>
/// <param name="Role">In which role; its quota and reservations count.</param>
/// <param name="Placements">All of them, or none.</param>
public sealed record TransactionRequest(
    FrameworkId FrameworkId, long AcceptId, string Role, ImmutableArray<AgentPlacement> Placements)
{
    /// <summary>What it asks of an agent.</summary>
    public ResourceSet ClaimedOf(AgentId agent) => Placements.Where(placement => placement.AgentId == agent)
        .Aggregate(ResourceSet.Empty, static (sum, placement) => sum + placement.Claimed());
}

/// <summary>
/// The master's side of a transaction: before the allocator is asked, and when it has agreed. The allocator knows
/// what is free and which versions agents have; the book knows tasks, and what operations made of an agent.
/// </summary>
public static class TransactionCheck
{
    /// <summary>What keeps the transaction from being handed to the allocator; none when it may go on.</summary>
    /// <param name="book">The master's memory.</param>
    /// <param name="request">The transaction.</param>
    public static TransactionRefusal? Check(OfferBook book, TransactionRequest request)
    {
        if (request.Placements.IsDefaultOrEmpty
            || request.Placements.Any(static placement => placement.Tasks.IsDefaultOrEmpty))
        {
            return new TransactionRefusal(
                TransactionFault.Empty, "a transaction needs placements, and each of them at least one task");
        }

        return request.Placements
            .Select(placement => CheckTasks(book, request, placement))
            .FirstOrDefault(static refusal => refusal is not null);
    }

    /// <summary>
    /// The first agent where not all is free by the book. It is for the allocator to say whether the agent has changed
    /// since the framework looked, which is then the reason.
    /// </summary>
    /// <param name="book">The master's memory.</param>
    /// <param name="request">The transaction.</param>
    /// <param name="pending">What transactions that the allocator has not answered ask of an agent.</param>
    public static TransactionRefusal? CheckFree(
        OfferBook book, TransactionRequest request, Func<AgentId, ResourceSet> pending) => request.Placements
        .Select(placement => CheckLedger(book, placement, pending))
        .FirstOrDefault(static refusal => refusal is not null);

    /// <summary>
    /// The first agent that began another session, or left, while the allocator was asked; none when all are as they
    /// were.
    /// </summary>
    public static TransactionRefusal? CheckSessions(OfferBook book, TransactionRequest request)
    {
        foreach (var placement in request.Placements)
        {
            if (book.Find(placement.AgentId) is not { } agent)
            {
                return TransactionRefusal.Unknown(placement.AgentId);
            }

            if (agent.Session != placement.Version.Session)
            {
                return TransactionRefusal.Conflict(placement.AgentId, placement.Version, null);
            }
        }

        return null;
    }

    /// <summary>Nothing is used; every task is dropped.</summary>
    public static AcceptAnswer Refuse(OfferBook book, TransactionRequest request, TransactionRefusal refusal)
    {
        var answer = new AcceptAnswer(request.AcceptId, [], null) { Refusal = refusal };
        book.Ledger(request.FrameworkId).Keep(answer);
        return answer;
    }

    /// <summary>The allocator agreed: the tasks use the resources from now on.</summary>
    public static AcceptOutcome Grant(OfferBook book, TransactionRequest request, DateTimeOffset now)
    {
        var used = ImmutableArray.CreateBuilder<TaskAllocation>();
        var grants = ImmutableArray.CreateBuilder<LaunchGrant>(request.Placements.Length);
        foreach (var placement in request.Placements)
        {
            var agent = book.Find(placement.AgentId)!;
            foreach (var task in placement.Tasks)
            {
                var allocation = new TaskAllocation(request.FrameworkId, task.TaskId, request.Role, task.Resources,
                    agent.Session, now, Confirmed: false)
                {
                    Priority = task.Priority,
                };
                book.Put(agent, allocation);
                used.Add(allocation);
            }

            grants.Add(new LaunchGrant(agent.Id, agent.Session, request.Role,
                [.. placement.Tasks.Select(static task => task.TaskId)]));
        }

        var answer = new AcceptAnswer(request.AcceptId, [], grants[0]) { Further = [.. grants.Skip(1)] };
        book.Ledger(request.FrameworkId).Keep(answer);
        return new AcceptOutcome(answer, [], used.ToImmutable());
    }

    private static TransactionRefusal? CheckTasks(OfferBook book, TransactionRequest request, AgentPlacement placement)
    {
        foreach (var task in placement.Tasks)
        {
            var broken = TaskRules.Check(task)
                ?? (book.Find(placement.AgentId)?.Find(request.FrameworkId, task.TaskId) is not null
                    ? $"task id '{task.TaskId}' is in use on agent '{placement.AgentId}'"
                    : null);
            if (broken is not null)
            {
                return new TransactionRefusal(TransactionFault.TaskInvalid, $"task '{task.TaskId}': {broken}");
            }
        }

        return null;
    }

    /// <summary>
    /// An operator's operation is in the book before it is in the allocator, and may wait there for an offer to come
    /// back: what it took must not be used meanwhile. Of another session the allocator knows what to say.
    /// </summary>
    private static TransactionRefusal? CheckLedger(
        OfferBook book, AgentPlacement placement, Func<AgentId, ResourceSet> pending)
    {
        if (book.Find(placement.AgentId) is not { Reported: true } agent
            || agent.Session != placement.Version.Session)
        {
            return null;
        }

        var claimed = placement.Claimed();
        claimed = claimed.Unshared + claimed.Shared;
        var free = agent.Beside(agent.Used + pending(agent.Id));
        return free.Contains(claimed)
            ? null
            : new TransactionRefusal(TransactionFault.NotFree,
                $"{claimed} is asked for on agent '{agent.Id}'; {free} is not used there")
            {
                AgentId = agent.Id,
                Asked = claimed,
                Held = free,
            };
    }
}
