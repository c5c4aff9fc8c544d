using ClusterScheduler.Core.Agents;

namespace ClusterScheduler.Core.Allocation;

/// <summary>Agents between two sessions: expected back, and not there until then.</summary>
public sealed partial class Allocator
{
    /// <summary>
    /// The agent begins another session. All that is offered or used on it ends, and nothing of it is offered until
    /// <see cref="ReturnAgent"/>; filters stay, and its total counts on.
    /// </summary>
    /// <returns>Null, or UnknownAgent.</returns>
    public AllocatorRefusal? PauseAgent(AgentId id)
    {
        if (agents.Find(id) is not { } agent)
        {
            return Refuse(AllocatorFault.UnknownAgent, id);
        }

        foreach (var holding in agent.Holdings.ToArray())
        {
            EndHolding(agent, holding);
        }

        leaving.Remove(id);
        asked.Forget(id);
        return SetAgentActive(id, false);
    }

    /// <summary>A paused agent is back, as it is now; filters end if its facts are new.</summary>
    /// <param name="profile">The agent; used resources beyond its total are charged all the same.</param>
    /// <param name="uses">What tasks, executors and operations use.</param>
    /// <returns>
    /// Null, or UnknownAgent, AgentPresent (it is active, or something is held there), UnknownFramework,
    /// TooManyResourceNames, NegativeAmount, TotalTooLarge, AgentTooLarge, PartsOverlap.
    /// </returns>
    public AllocatorRefusal? ReturnAgent(AgentProfile profile, IReadOnlyList<AgentUse> uses)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(uses);
        if (agents.Find(profile.Id) is not { } agent)
        {
            return Refuse(AllocatorFault.UnknownAgent, profile.Id);
        }

        if (agent.IsActive || agent.Holdings.Length > 0)
        {
            return Refuse(AllocatorFault.AgentPresent, profile.Id);
        }

        var used = uses as AgentUse[] ?? [.. uses];
        var refusal = CheckUsers(profile, used) ?? CheckAmounts(profile, agent.Profile.Total, used);
        if (refusal is not null)
        {
            return refusal;
        }

        // Of the whole step: what guarantees lack falls with the charge, what is free rises with the rest.
        var headroom = HeadroomIfScarce();
        Register(profile, used);
        UpdateAgent(profile);
        Charge(agent, used);
        FollowUnavailability(agent);
        RecomputeFree(agent);
        SetAgentActive(profile.Id, true);
        LoosenForAgent(headroom, isLessReserved: false);
        return null;
    }

    private void Charge(AgentState agent, ReadOnlySpan<AgentUse> uses)
    {
        foreach (var use in uses)
        {
            var client = EnsureClient(frameworks[use.Framework], use.Role);
            ref var holding = ref agent.HoldingOf(client);
            holding.Used += use.Resources;
            Charge(client, use.Resources, isOffered: false, sign: 1);
        }
    }
}
