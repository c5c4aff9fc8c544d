using System.Runtime.Intrinsics;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Allocation;

/// <summary>
/// One round. Agents are visited by id, in two passes: the first fills guarantees, the second is open to all roles.
/// At each agent roles and frameworks are asked in the order that holds at the start of the visit; the first one that
/// may have it gets all that remains of it, cut to quota. Only what is marked dirty is visited.
/// </summary>
public sealed partial class Allocator
{
    private readonly List<(AgentState Agent, ClientState Client)> granted = [];
    private readonly List<int> ended = [];
    private readonly List<AgentState> again = [];
    private readonly RolePart part;
    private OfferPages offers = new();
    private ulong rounds;
    private ClientState? candidate;
    private bool isFull;
    private bool isForGuarantees;
    private long roundTicks;

    /// <summary>How many agents the last round visited: its cost follows from this, for tests.</summary>
    internal int VisitedAgents { get; private set; }

    /// <summary>
    /// Makes offers of all that is free and may be offered now. Each is held by its framework until
    /// recovered.
    /// </summary>
    /// <param name="now">Not before any instant given earlier; filters that ended until now are gone.</param>
    /// <returns>The offers in the order in which they were decided; a new list each time.</returns>
    public IReadOnlyList<OfferedResources> Allocate(DateTimeOffset now)
    {
        VisitedAgents = 0;
        rounds++;
        roundTicks = Note(now);
        EndFilters(roundTicks);
        if (dirty.IsEmpty || IsAwaitingAgents(now))
        {
            return [];
        }

        offers = new OfferPages();
        RefreshShares();
        dirty.GatherInto(agents);
        var visited = agents.Gathered();
        VisitedAgents = visited.Count;
        isForGuarantees = true;
        for (var at = 0; at < visited.Count && tree.Root.Unmet > 0; at++)
        {
            Visit(visited[at]);
        }

        isForGuarantees = false;
        for (var at = 0; at < visited.Count; at++)
        {
            Visit(visited[at]);
        }

        EndRound(visited);
        return offers;
    }

    private void RefreshShares()
    {
        if (tree.AreSharesInvalid)
        {
            scale.Set(total, names);
        }

        tree.Refresh();
    }

    private void EndRound(IReadOnlyList<AgentState> visited)
    {
        again.Clear();
        for (var at = 0; at < visited.Count; at++)
        {
            if (!visited[at].SharedOffered.IsEmpty && visited[at].FreeIndex >= 0)
            {
                again.Add(visited[at]);
            }
        }

        agents.EndRound();
        dirty.Clear();

        // Who came second at an agent was not shown its shared volumes, which appear once a round.
        foreach (var agent in again)
        {
            dirty.Mark(agent);
        }
    }

    private void EndFilters(long now)
    {
        while (expiries.TryPeek(now, out var agent))
        {
            ended.Clear();
            var next = agent.Filters!.Purge(now, isLiveFilter, ended);
            expiries.Set(agent, next);
            foreach (var number in ended)
            {
                dirty.Mark(agent, clientsByFilter[number]);
            }
        }
    }

    private void Visit(AgentState agent)
    {
        if (agent.FreeIndex < 0)
        {
            return;
        }

        // One candidate is tried alone. More are tried in the order of all clients: the others get nothing, as before.
        var own = agent.DirtyClients;
        isFull = dirty.IsAll || agent.IsDirty || dirty.Clients.Count + (own?.Count ?? 0) > 1;
        candidate = isFull ? null : dirty.Clients.Count > 0 ? dirty.Clients[0] : own?[0];
        if (isFull)
        {
            Walk(tree.Root, agent, false);
        }
        else if (candidate is { IsFiled: true })
        {
            Try(candidate.Leaf, agent);
        }

        FileGranted();
    }

    private bool Walk(RoleNode node, AgentState agent, bool fillsAbove)
    {
        var fills = fillsAbove || node.HasSlack;
        var order = node.Order;
        if (Settings.RoleSorter == Sorter.WeightedRandom)
        {
            return WalkAtRandom(node, agent, fills);
        }

        for (var page = 0; page < order.PageCount; page++)
        {
            if (agent.Free.IsPlain && !order.MayTake(page, agent.Free.Main))
            {
                continue;
            }

            foreach (ref readonly var entry in order[page])
            {
                if (!Step(order[entry], node, agent, fills))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private bool WalkAtRandom(RoleNode node, AgentState agent, bool fills)
    {
        var draw = node.Order.Draw;
        draw.Begin(node.Order, DrawSeed.Of(Settings.Seed, rounds, agent.Salt, node.Salt));
        var isLeft = true;
        while (isLeft && draw.Next() is { } unit)
        {
            isLeft = Step(unit, node, agent, fills);
        }

        draw.End();
        return isLeft;
    }

    /// <summary>
    /// Serves a sub-role, or the frameworks of the node itself; false when nothing of the agent remains.
    /// </summary>
    private bool Step(ShareUnit unit, RoleNode node, AgentState agent, bool fills) => unit is RoleNode child
        ? !MayGet(child, agent, fills) || Walk(child, agent, fills)
        : (isForGuarantees && !fills) || Try(node.Leaf, agent);

    // Passes over roles that can get nothing without asking what exactly they could get.
    private bool MayGet(RoleNode node, AgentState agent, bool fillsAbove) => isForGuarantees
        ? fillsAbove || node.Unmet > 0
        : !node.HasLimit || !agent.Free.IsPlain
            || Vector256.GreaterThanAny(Vector256.Min(agent.Free.Main, node.Room.Main), Vector256<long>.Zero);

    /// <summary>Asks the frameworks of one role; false when nothing of the agent remains.</summary>
    private bool Try(RoleLeaf leaf, AgentState agent)
    {
        part.Set(PartFor(leaf.Role, agent));
        if (part.IsEmpty)
        {
            return true;
        }

        if (!isFull)
        {
            TryClient(candidate!, agent);
            return agent.FreeIndex >= 0;
        }

        var clients = leaf.Clients;
        if (Settings.FrameworkSorter == Sorter.WeightedRandom)
        {
            TryAtRandom(leaf, agent);
            return agent.FreeIndex >= 0;
        }

        for (var page = 0; page < clients.PageCount; page++)
        {
            foreach (ref readonly var entry in clients[page])
            {
                if (!TryNext(clients[entry], agent))
                {
                    return agent.FreeIndex >= 0;
                }
            }
        }

        return true;
    }

    private void TryAtRandom(RoleLeaf leaf, AgentState agent)
    {
        var draw = leaf.Clients.Draw;
        draw.Begin(leaf.Clients, DrawSeed.Of(Settings.Seed, rounds, agent.Salt, leaf.Salt));
        while (draw.Next() is { } unit && TryNext(unit, agent))
        {
        }

        draw.End();
    }

    /// <summary>
    /// Asks one framework and renews what the role may have; false when there is no more for the role.
    /// </summary>
    private bool TryNext(ShareUnit unit, AgentState agent)
    {
        var client = (ClientState)unit;
        if (!TryClient(client, agent))
        {
            return true;
        }

        part.Set(agent.FreeIndex >= 0 ? PartFor(client.Leaf.Role, agent) : ResourceSet.Empty);
        return !part.IsEmpty;
    }

    /// <summary>
    /// What frameworks of the role may have of what is free; nothing when the pass is not for them.
    /// </summary>
    private ResourceSet PartFor(RoleNode role, AgentState agent)
    {
        if (isForGuarantees && !AdvancesGuarantee(role, agent))
        {
            return ResourceSet.Empty;
        }

        return !tree.HasQuota && !agent.HasReservations
            ? agent.Free
            : OfferRules.ForRole(agent.Free, role.Role, tree.Allowed(role, available), names);
    }

    private bool AdvancesGuarantee(RoleNode role, AgentState agent)
    {
        var reachable = Quantities.Min(RoleTree.Fills(role), agent.Available);
        return reachable.AnyPositive
            && Quantities.Min(reachable, tree.Allowed(role, available)).AnyPositive;
    }

    private bool TryClient(ClientState client, AgentState agent)
    {
        if (OfferRules.Admits(agent, client, Settings.FilterGpuResources) != OfferRule.None)
        {
            return false;
        }

        ref readonly var offer = ref part.For(client.Framework, out var amounts);
        if (offer.IsEmpty || !client.Minimum.IsReachedBy(amounts, names))
        {
            return false;
        }

        if (!agent.Shared.IsEmpty)
        {
            offer = ref part.WithShared(client, agent);
        }

        if (agent.Filters is { } filters && filters.Blocks(client.FilterNumber, offer))
        {
            return false;
        }

        Grant(client, agent, offer);
        return true;
    }

    private void Grant(ClientState client, AgentState agent, in ResourceSet offer)
    {
        ref var holding = ref agent.HoldingOf(client);
        var isNoted = !holding.OfferedAt(roundTicks).IsEmpty;
        holding.Offer(offer, roundTicks);
        if (!isNoted)
        {
            NoteOpenOffer(agent, client);
        }

        var alone = WithoutShared(offer);
        if (!agent.Shared.IsEmpty)
        {
            agent.SharedOffered += offer - alone;
        }

        agent.Free -= alone;
        agent.Version++;
        FreeChanged(agent);
        Charge(client, offer, isOffered: true, sign: 1);
        granted.Add((agent, client));
        offers.Add(new OfferedResources(
            client.Framework.Profile.Id, client.Leaf.Role.Role, agent.Profile.Id, offer, agent.Version));
    }

    private void FileGranted()
    {
        foreach (var (_, client) in granted)
        {
            tree.CountAllocation(client);
        }

        granted.Clear();
        tree.Refresh();
    }
}
