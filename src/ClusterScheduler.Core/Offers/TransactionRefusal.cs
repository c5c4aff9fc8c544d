using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Offers;

/// <summary>Why a transaction was refused. A refused one changed nothing anywhere.</summary>
public enum TransactionFault
{
    /// <summary>It has no placements, or one of them no task.</summary>
    Empty,

    /// <summary>A task breaks a rule; the message names it and says which.</summary>
    TaskInvalid,

    /// <summary>An agent is named twice.</summary>
    DoubleAgent,

    /// <summary>No such agent, or it is not here now.</summary>
    UnknownAgent,

    /// <summary>The agent changed after the framework looked: look again and choose again.</summary>
    VersionConflict,

    /// <summary>The agent may not be offered to the framework.</summary>
    AgentRuledOut,

    /// <summary>The framework is not connected, or not in the role.</summary>
    NotSubscribed,

    /// <summary>Something is reserved to others, or of a kind that the framework does not understand.</summary>
    NotForRole,

    /// <summary>Not all of it is free at the agent.</summary>
    NotFree,

    /// <summary>Limits, or guarantees of other roles, do not leave room.</summary>
    QuotaExceeded,

    /// <summary>After a failover not enough agents are back to know what quota leaves.</summary>
    AgentsAwaited,
}

/// <summary>A refusal with its facts; those that do not apply are empty.</summary>
/// <param name="Fault">Why.</param>
/// <param name="Message">For people.</param>
public sealed record TransactionRefusal(TransactionFault Fault, string Message)
{
    /// <summary>The agent it is about.</summary>
    public AgentId? AgentId { get; init; }

    /// <summary>For a conflict, the agent's version now; none while the agent is on its way back.</summary>
    public AgentVersion? Version { get; init; }

    /// <summary>What was asked for.</summary>
    public ResourceSet Asked { get; init; }

    /// <summary>What there was instead: free at the agent, or left by quota.</summary>
    public ResourceSet Held { get; init; }

    /// <summary>Which rule, where an agent is ruled out.</summary>
    public OfferRule Rule { get; init; }

    /// <summary>The agent changed.</summary>
    /// <param name="agent">Which.</param>
    /// <param name="seen">The version that the transaction names.</param>
    /// <param name="now">Its version now; none while it is on its way back.</param>
    public static TransactionRefusal Conflict(AgentId agent, AgentVersion seen, AgentVersion? now) => new(
        TransactionFault.VersionConflict,
        now is null
            ? $"agent '{agent}' was seen in version {seen}; it is registering again"
            : $"agent '{agent}' was seen in version {seen}; now it is {now}")
    {
        AgentId = agent,
        Version = now,
    };

    /// <summary>The agent is not here.</summary>
    public static TransactionRefusal Unknown(AgentId agent) => new(
        TransactionFault.UnknownAgent, $"agent '{agent}' is not known, or not here now")
    {
        AgentId = agent,
    };

    /// <summary>The allocator's refusal in a framework's terms.</summary>
    /// <param name="refusal">Of <see cref="Allocator.Commit"/>.</param>
    /// <param name="session">The agent's session now.</param>
    /// <param name="seen">The version that the transaction names of that agent.</param>
    public static TransactionRefusal Of(AllocatorRefusal refusal, AgentSession session, AgentVersion seen)
    {
        var agent = refusal.Agent;
        var (fault, message) = refusal.Fault switch
        {
            AllocatorFault.VersionConflict => (TransactionFault.VersionConflict, ""),
            AllocatorFault.EmptyTransaction => (TransactionFault.Empty, "the transaction has no placements"),
            AllocatorFault.UnknownAgent => (TransactionFault.UnknownAgent, ""),
            AllocatorFault.DoubleAgent => (TransactionFault.DoubleAgent, $"agent '{agent}' is named twice"),
            AllocatorFault.AgentRuledOut => (TransactionFault.AgentRuledOut,
                $"agent '{agent}' is not for this framework: such agents "
                + OfferRuleWords.Of(refusal.Rule ?? OfferRule.None)),
            AllocatorFault.NotOfferableToRole => (TransactionFault.NotForRole,
                $"of {refusal.Asked} on agent '{agent}' not all may be offered to role '{refusal.Role}'"),
            AllocatorFault.NotFree => (TransactionFault.NotFree,
                $"{refusal.Asked} is asked for on agent '{agent}'; {refusal.Held} is free there"),
            AllocatorFault.NegativeAmount => (TransactionFault.TaskInvalid,
                $"less than nothing is asked for on agent '{agent}'"),
            AllocatorFault.QuotaExceeded => (TransactionFault.QuotaExceeded,
                $"{refusal.Asked} is asked for in role '{refusal.Role}'; quota leaves {refusal.Held}"),
            AllocatorFault.FrameworkInactive => (TransactionFault.NotSubscribed, "the framework is not connected"),
            AllocatorFault.UnknownFramework or AllocatorFault.NotSubscribed => (TransactionFault.NotSubscribed,
                $"the framework is not connected, or not in role '{refusal.Role}'"),
            var other => throw new InvalidOperationException($"a transaction is not refused for {other}"),
        };
        return fault switch
        {
            TransactionFault.VersionConflict => Conflict(
                agent!.Value, seen, refusal.Version is { } now ? new AgentVersion(session, now) : null),
            TransactionFault.UnknownAgent => Unknown(agent!.Value),
            _ => new TransactionRefusal(fault, message)
            {
                AgentId = agent,
                Asked = refusal.Asked,
                Held = refusal.Held,
                Rule = refusal.Rule ?? OfferRule.None,
            },
        };
    }
}
