using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Allocation;

/// <summary>Agents that come, change, pause and go.</summary>
public sealed partial class Allocator
{
    /// <summary>
    /// Adds an agent with what is used on it; its frameworks must have been added, if only as inactive.
    /// </summary>
    /// <param name="profile">The agent; used resources beyond its total are charged all the same.</param>
    /// <param name="uses">What tasks, executors and operations use.</param>
    /// <returns>
    /// Null, or DoubleAgent, UnknownFramework, TooManyAgents, TooManyResourceNames, NegativeAmount, TotalTooLarge,
    /// AgentTooLarge, PartsOverlap.
    /// </returns>
    public AllocatorRefusal? AddAgent(AgentProfile profile, IReadOnlyList<AgentUse> uses)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(uses);
        var used = uses as AgentUse[] ?? [.. uses];
        var refusal = CheckNewAgent(profile, used);
        if (refusal is not null)
        {
            return refusal;
        }

        Register(profile, used);
        var headroom = HeadroomIfScarce();
        var agent = new AgentState(profile);
        agents.Add(agent);
        CountBack();
        Charge(agent, used);
        ChargeTotal(agent, profile.Total, 1);
        Describe(agent);
        FollowUnavailability(agent);
        RecomputeFree(agent);
        tree.InvalidateShares();
        LoosenForAgent(headroom, isLessReserved: false);
        dirty.Mark(agent);
        return null;
    }

    /// <summary>
    /// Changes an agent's total or facts. Free resources follow; what is held beyond the new total stays
    /// held.
    /// </summary>
    /// <returns>
    /// Null, or UnknownAgent, TooManyResourceNames, NegativeAmount, TotalTooLarge, AgentTooLarge, PartsOverlap.
    /// </returns>
    public AllocatorRefusal? UpdateAgent(AgentProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        if (agents.Find(profile.Id) is not { } agent)
        {
            return Refuse(AllocatorFault.UnknownAgent, profile.Id);
        }

        var old = agent.Profile;
        var refusal = CheckAmounts(profile, old.Total, []);
        if (refusal is not null)
        {
            return refusal;
        }

        Register(profile, []);

        var hasNewFacts = old.Capabilities != profile.Capabilities || old.Domain != profile.Domain
            || old.Hostname != profile.Hostname || !old.Attributes.SequenceEqual(profile.Attributes);
        if (hasNewFacts)
        {
            agent.Filters = null;
            expiries.Set(agent, long.MaxValue);
        }

        var headroom = HeadroomIfScarce();
        var wasReserved = agent.HasReservations;
        agent.Profile = profile;
        agent.Version++;
        if (old.Total != profile.Total)
        {
            ChargeTotal(agent, old.Total, -1);
            ChargeTotal(agent, profile.Total, 1);
            tree.InvalidateShares();
        }

        Describe(agent);
        if (old.Unavailability != profile.Unavailability)
        {
            FollowUnavailability(agent);
        }

        if (!TryGrow(agent, old.Total))
        {
            RecomputeFree(agent);
        }

        LoosenForAgent(headroom, wasReserved && Reserved(old.Total) != Reserved(profile.Total));
        dirty.Mark(agent);
        return null;
    }

    /// <summary>
    /// Sets the agent's planned maintenance, or none; it is offered on, with the plan, and asked back by
    /// inverse offers.
    /// </summary>
    /// <returns>Null, or UnknownAgent.</returns>
    public AllocatorRefusal? UpdateUnavailability(AgentId id, Unavailability? unavailability)
    {
        if (agents.Find(id) is not { } agent)
        {
            return Refuse(AllocatorFault.UnknownAgent, id);
        }

        agent.Profile = agent.Profile with { Unavailability = unavailability };
        FollowUnavailability(agent);
        agent.Version++;
        dirty.Mark(agent);
        return null;
    }

    /// <summary>
    /// Whether the agent may be offered; what is offered or used stays as it is. Doing it twice changes
    /// nothing.
    /// </summary>
    /// <returns>Null, or UnknownAgent.</returns>
    public AllocatorRefusal? SetAgentActive(AgentId id, bool isActive)
    {
        if (agents.Find(id) is not { } agent)
        {
            return Refuse(AllocatorFault.UnknownAgent, id);
        }

        if (agent.IsActive != isActive)
        {
            var headroom = HeadroomIfScarce();
            agent.IsActive = isActive;
            agent.Version++;
            FreeChanged(agent);
            LoosenForAgent(headroom, isLessReserved: false);
            dirty.Mark(agent);
        }

        return null;
    }

    /// <summary>Removes an agent with all that is offered or used on it; nothing of it need be recovered.</summary>
    /// <returns>Null, or UnknownAgent.</returns>
    public AllocatorRefusal? RemoveAgent(AgentId id)
    {
        if (agents.Find(id) is not { } agent)
        {
            return Refuse(AllocatorFault.UnknownAgent, id);
        }

        var headroom = HeadroomIfScarce();
        foreach (var holding in agent.Holdings.ToArray())
        {
            EndHolding(agent, holding);
        }

        agent.IsActive = false;
        FreeChanged(agent);
        ChargeTotal(agent, agent.Profile.Total, -1);
        expiries.Set(agent, long.MaxValue);
        leaving.Remove(id);
        asked.Forget(id);
        agents.Remove(agent);
        tree.InvalidateShares();
        LoosenForAgent(headroom, agent.HasReservations);
        return null;
    }

    private void Describe(AgentState agent)
    {
        var profile = agent.Profile;
        agent.HasGpus = !profile.Total.Gpus.IsZero;
        agent.IsRemote = Settings.Region is not null && profile.Domain is not null
            && profile.Domain.Region != Settings.Region;
        var rest = profile.Total.Rest ?? [];
        agent.HasReservations = Array.Exists(rest, static item => !item.Key.IsUnreserved);
        agent.Shared = Array.Exists(rest, static item => item.Key.IsShared)
            ? profile.Total.Where(static item => item.Key.IsShared)
            : ResourceSet.Empty;
    }

    private void ChargeTotal(AgentState agent, in ResourceSet resources, int sign)
    {
        total = sign > 0 ? total + names.All(resources) : total - names.All(resources);
        foreach (var item in resources.Rest ?? [])
        {
            if (item.Key.Kind != ResourceKind.Scalar)
            {
                continue;
            }

            var amounts = sign > 0 ? names.Of(item) : Quantities.Zero - names.Of(item);
            lent += item.Key.IsRevocable ? amounts : Quantities.Zero;
            if (item.Key is { IsUnreserved: false, IsRevocable: false })
            {
                tree.ChargeReservation(tree.Ensure(item.Key.Reservations.Role), amounts);
            }
        }
    }

    private static ResourceSet Reserved(in ResourceSet set) => set.Where(static item => !item.Key.IsUnreserved);

    /// <summary>
    /// Free is the total without all that is held; what is held beyond the total is not taken from others.
    /// </summary>
    private void RecomputeFree(AgentState agent)
    {
        var held = ResourceSet.Empty;
        foreach (ref readonly var holding in agent.Holdings)
        {
            held += holding.Offered + holding.Used;
        }

        held = WithoutShared(held);
        var whole = WithoutShared(agent.Profile.Total);
        agent.IsOverdrawn = !whole.TrySubtract(held, out var free);
        agent.Free = agent.IsOverdrawn ? whole.SubtractWhatIsThere(held) : free;
        FreeChanged(agent);
    }

    // A total that only grew adds to what is free; this is what an estimator of revocable resources does all day.
    private bool TryGrow(AgentState agent, in ResourceSet before)
    {
        if (agent.IsOverdrawn
            || !WithoutShared(agent.Profile.Total).TrySubtract(WithoutShared(before), out var growth))
        {
            return false;
        }

        agent.Free += growth;
        FreeChanged(agent);
        return true;
    }

    private void FreeChanged(AgentState agent)
    {
        var before = agent.Available;
        agent.Available = agent.IsActive ? names.Unreserved(agent.Free) : Quantities.Zero;
        available = available + agent.Available - before;
        agents.SetFree(agent, agent.IsActive && !agent.Free.IsEmpty);
    }

    private static ResourceSet WithoutShared(in ResourceSet set)
    {
        foreach (var item in set.Rest ?? [])
        {
            if (item.Key.IsShared)
            {
                return set.Where(static i => !i.Key.IsShared);
            }
        }

        return set;
    }
}
