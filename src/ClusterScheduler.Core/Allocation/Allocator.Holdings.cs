using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Allocation;

/// <summary>What happens to resources after they were offered.</summary>
public sealed partial class Allocator
{
    /// <summary>
    /// Takes offered resources back: declined, rescinded, expired, or the unused rest of an accepted offer.
    /// </summary>
    /// <param name="framework">Who was offered them.</param>
    /// <param name="role">For which role.</param>
    /// <param name="agent">Where.</param>
    /// <param name="resources">All or a part of what is offered there to it.</param>
    /// <param name="refuse">
    /// How long it does not want this much of the agent again, as <see cref="FilterDuration"/> made it from the
    /// call; zero
    /// for no filter.
    /// </param>
    /// <param name="now">The instant of the decline.</param>
    /// <returns>
    /// Null, or UnknownFramework, NotSubscribed, UnknownAgent, NegativeAmount, NegativeTime, NotOffered.
    /// </returns>
    public AllocatorRefusal? RecoverOffered(
        FrameworkId framework,
        RoleName role,
        AgentId agent,
        in ResourceSet resources,
        TimeSpan refuse,
        DateTimeOffset now)
    {
        if (!TryFindHolding(framework, role, agent, resources, out var state, out var client, out var refusal))
        {
            return refusal;
        }

        if (refuse < TimeSpan.Zero)
        {
            return Refuse(AllocatorFault.NegativeTime, agent, framework, role);
        }

        if (!state.TryFind(client, out var found) || !found.Offered.Contains(resources))
        {
            return NotHeld(AllocatorFault.NotOffered, state, client, resources, found.Offered);
        }

        var headroom = Headroom();
        ref var holding = ref state.HoldingOf(client);
        EndOffer(client, ref holding, resources, Note(now), isAccepted: false);
        Charge(client, resources, isOffered: true, sign: -1);
        GiveBack(state, client, resources, headroom);
        if (refuse > TimeSpan.Zero && client.IsSubscribed && !resources.IsEmpty)
        {
            AddFilter(state, client, resources, refuse, now);
        }

        state.RemoveIfEmpty(client);
        RemoveClientIfIdle(client);
        return null;
    }

    /// <summary>Takes back what a task, executor or operation used and uses no more.</summary>
    /// <returns>Null, or UnknownFramework, NotSubscribed, UnknownAgent, NegativeAmount, NotUsed.</returns>
    public AllocatorRefusal? RecoverUsed(FrameworkId framework, RoleName role, AgentId agent, in ResourceSet resources)
    {
        if (!TryFindHolding(framework, role, agent, resources, out var state, out var client, out var refusal))
        {
            return refusal;
        }

        if (!state.TryFind(client, out var found) || !found.Used.Contains(resources))
        {
            return NotHeld(AllocatorFault.NotUsed, state, client, resources, found.Used);
        }

        var headroom = Headroom();
        ref var holding = ref state.HoldingOf(client);
        holding.Used -= resources;
        Charge(client, resources, isOffered: false, sign: -1);
        GiveBack(state, client, resources, headroom);
        state.RemoveIfEmpty(client);
        RemoveClientIfIdle(client);
        return null;
    }

    /// <summary>
    /// Turns offered resources into used ones, when an accept launches something on them. Of a shared volume that is
    /// offered more copies may be used: one for each task that shares it.
    /// </summary>
    /// <returns>Null, or UnknownFramework, NotSubscribed, UnknownAgent, NegativeAmount, NotOffered.</returns>
    public AllocatorRefusal? Consume(
        FrameworkId framework, RoleName role, AgentId agent, in ResourceSet resources, DateTimeOffset now)
    {
        if (!TryFindHolding(framework, role, agent, resources, out var state, out var client, out var refusal))
        {
            return refusal;
        }

        var offered = resources.IsPlain ? resources : resources.Unshared + resources.Shared;
        if (!state.TryFind(client, out var found) || !found.Offered.Contains(offered))
        {
            return NotHeld(AllocatorFault.NotOffered, state, client, resources, found.Offered);
        }

        ref var holding = ref state.HoldingOf(client);
        EndOffer(client, ref holding, offered, Note(now), isAccepted: true);
        holding.Used += resources;
        AskUsers(state);
        tree.Charge(client, Quantities.Zero, Quantities.Zero, Quantities.Zero - names.Unreserved(resources));
        return null;
    }

    /// <summary>
    /// Changes what offered resources are, as RESERVE, UNRESERVE, CREATE and DESTROY do inside an accept; the agent's
    /// total changes with them. The amounts per name must stay the same.
    /// </summary>
    /// <returns>
    /// Null, or UnknownFramework, NotSubscribed, UnknownAgent, NegativeAmount, NotOffered, AmountsDiffer, PartsOverlap.
    /// </returns>
    public AllocatorRefusal? ConvertOffered(
        FrameworkId framework, RoleName role, AgentId agent, in ResourceSet before, in ResourceSet after)
    {
        if (!TryFindHolding(framework, role, agent, before, out var state, out var client, out var refusal))
        {
            return refusal;
        }

        if (!state.TryFind(client, out var found) || !found.Offered.Contains(before))
        {
            return NotHeld(AllocatorFault.NotOffered, state, client, before, found.Offered);
        }

        refusal = CheckConversion(state, before, after);
        if (refusal is null)
        {
            ref var holding = ref state.HoldingOf(client);
            var headroom = HeadroomIfScarce();
            Charge(client, before, isOffered: true, sign: -1);
            holding.Convert(before, after);
            Charge(client, after, isOffered: true, sign: 1);
            ReplaceInTotal(state, before, after, headroom);
            LoosenAround(client.Leaf.Role);
        }

        return refusal;
    }

    /// <summary>Changes what free resources are, as an operator's RESERVE and the like do.</summary>
    /// <returns>Null, or UnknownAgent, NegativeAmount, NotFree, AmountsDiffer, PartsOverlap.</returns>
    public AllocatorRefusal? ConvertFree(AgentId agent, in ResourceSet before, in ResourceSet after)
    {
        if (agents.Find(agent) is not { } state)
        {
            return Refuse(AllocatorFault.UnknownAgent, agent);
        }

        if (before.AnyNegative)
        {
            return Refuse(AllocatorFault.NegativeAmount, agent);
        }

        if (!state.Free.Contains(WithoutShared(before)) || !state.Shared.Contains(before - WithoutShared(before)))
        {
            return new AllocatorRefusal(AllocatorFault.NotFree, agent, Asked: before, Held: state.Free);
        }

        var refusal = CheckConversion(state, before, after);
        if (refusal is null)
        {
            ReplaceInTotal(state, before, after, HeadroomIfScarce());
        }

        return refusal;
    }

    private static AllocatorRefusal NotHeld(
        AllocatorFault fault, AgentState agent, ClientState client, in ResourceSet asked, in ResourceSet held) =>
        new(fault, agent.Profile.Id, client.Framework.Profile.Id, client.Leaf.Role.Role, asked, held);

    private static AllocatorRefusal? CheckConversion(AgentState agent, in ResourceSet before, in ResourceSet after)
    {
        if (after.AnyNegative)
        {
            return Refuse(AllocatorFault.NegativeAmount, agent.Profile.Id);
        }

        return after.Weight(AgentMost) < AgentMost && SumsByName(before).SequenceEqual(SumsByName(after))
            && agent.Profile.Total.TrySubtract(before, out var rest)
            ? CheckParts(agent.Profile.Id, rest + after)
            : new AllocatorRefusal(AllocatorFault.AmountsDiffer, agent.Profile.Id, Asked: after, Held: before);
    }

    // Ranges and sets are compared as a whole, scalars by their sum over all keys of a name.
    private static IEnumerable<(string Name, Scalar Sum, RangeSet Ranges, NameSet Names)> SumsByName(ResourceSet set) =>
        set.Items.Select(item => item.Key.Name).Distinct().Order(StringComparer.Ordinal)
            .Select(name => (name, set.Get(name), set.GetRanges(name), set.GetNames(name)));

    // Of an operation only those hear who could get something by it: at this agent, around the roles whose
    // reservations change, and everywhere if there is more headroom.
    private void ReplaceInTotal(
        AgentState agent, in ResourceSet before, in ResourceSet after, in Quantities headroomBefore)
    {
        LoosenAround(before); // Of roles that end with it, those above.
        var (ofAgent, ofCluster) = (agent.Profile.Total - before + after, total);
        ChargeTotal(agent, agent.Profile.Total, -1);
        ChargeTotal(agent, ofAgent, 1);
        agent.Profile = agent.Profile with { Total = ofAgent };
        agent.Version++;
        Describe(agent);
        RecomputeFree(agent);
        LoosenAround(tree.HasGuarantees ? after : ResourceSet.Empty); // A role that needs less leaves more to others.
        LoosenForAgent(headroomBefore, isLessReserved: false);
        dirty.Mark(agent); // A new shared volume comes with what was declined without it.
        if (!total.SameAs(ofCluster))
        {
            tree.InvalidateShares(); // Only a new or ended shared volume changes what shares are parts of.
        }
    }

    private void AddFilter(
        AgentState agent, ClientState client, in ResourceSet resources, TimeSpan refuse, DateTimeOffset now)
    {
        var lasts = refuse < Settings.FilterLeast ? Settings.FilterLeast : refuse;
        var expiry = (now + (lasts > FilterDuration.Most ? FilterDuration.Most : lasts)).UtcTicks;
        (agent.Filters ??= new FilterTable()).Add(client.FilterNumber, resources, expiry, isLiveFilter);
        client.HasFilters = true;
        if (expiry < agent.NextExpiry)
        {
            expiries.Set(agent, expiry);
        }
    }

    // Agents are looked through for as long as there is anything of it; of most nothing is copied.
    private void EndHoldingsOf(FrameworkState framework)
    {
        var left = framework.Clients.Values.Sum(static client => client.Holdings);
        foreach (var agent in left > 0 ? agents.InOrder() : default)
        {
            for (var at = 0; at < agent.HoldingCount;)
            {
                var holding = agent.Holdings[at];
                if (holding.Client.Framework != framework)
                {
                    at++;
                    continue;
                }

                EndHolding(agent, holding);
                left--;
            }

            if (left == 0)
            {
                return;
            }
        }
    }

    private void EndHolding(AgentState agent, Holding ended)
    {
        var client = ended.Client;
        var headroom = Headroom();
        ref var holding = ref agent.HoldingOf(client);
        EndOffer(client, ref holding, ended.Offered, latestTicks, isAccepted: false);
        holding.Used = ResourceSet.Empty;
        Charge(client, ended.Offered, isOffered: true, sign: -1);
        Charge(client, ended.Used, isOffered: false, sign: -1);
        GiveBack(agent, client, ended.Offered + ended.Used, headroom);
        agent.RemoveIfEmpty(client);
        RemoveClientIfIdle(client);
    }

    private void GiveBack(AgentState agent, ClientState client, in ResourceSet resources, in Quantities headroom)
    {
        agent.Version++;
        if (agent.IsOverdrawn)
        {
            RecomputeFree(agent);
        }
        else
        {
            agent.Free += WithoutShared(resources);
            FreeChanged(agent);
        }

        LoosenFor(client, headroom);
        dirty.Mark(agent);
    }

    private void Charge(ClientState client, in ResourceSet resources, bool isOffered, int sign)
    {
        var all = names.All(resources);
        var unreserved = resources.IsPlain ? all : names.Unreserved(resources);
        (all, unreserved) = sign > 0 ? (all, unreserved) : (Quantities.Zero - all, Quantities.Zero - unreserved);
        tree.Charge(client, all, unreserved, isOffered ? unreserved : Quantities.Zero);
    }
}
