using System.Runtime.Intrinsics;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Allocation;

/// <summary>
/// What may be counted. Amounts come from outside; every sum of them must be exact, whatever was said before.
/// </summary>
public sealed partial class Allocator
{
    // Of each name: what agents have, with what may be held beyond it, and what is reserved, stays below this. Sums of
    // a few of them are then far from overflow, and below what stands for "no limit".
    private const long AmountMost = 1L << 58;

    // All that one agent has, of all names together; and all that is used on it.
    private const long AgentMost = AmountMost / 2;

    private AllocatorRefusal? CheckNewAgent(AgentProfile profile, ReadOnlySpan<AgentUse> uses)
    {
        if (agents.Find(profile.Id) is not null)
        {
            return Refuse(AllocatorFault.DoubleAgent, profile.Id);
        }

        if (agents.Count >= Settings.AgentsMax)
        {
            return Refuse(AllocatorFault.TooManyAgents, profile.Id);
        }

        return CheckUsers(profile, uses) ?? CheckAmounts(profile, ResourceSet.Empty, uses);
    }

    private AllocatorRefusal? CheckUsers(AgentProfile profile, ReadOnlySpan<AgentUse> uses)
    {
        foreach (var use in uses)
        {
            if (!frameworks.ContainsKey(use.Framework))
            {
                return Refuse(AllocatorFault.UnknownFramework, profile.Id, use.Framework, use.Role);
            }
        }

        return null;
    }

    /// <summary>Whether the agent's total, in place of an old one, and what is used on it can be counted.</summary>
    private AllocatorRefusal? CheckAmounts(AgentProfile profile, in ResourceSet old, ReadOnlySpan<AgentUse> uses)
    {
        HashSet<string>? unknown = null;
        names.Unknown(profile.Total, ref unknown);
        var (isNegative, inUse, used) = (profile.Total.AnyNegative, 0L, Quantities.Zero);
        foreach (var use in uses)
        {
            isNegative |= use.Resources.AnyNegative;
            inUse += isNegative ? 0 : use.Resources.Weight(AgentMost - inUse);
            names.Unknown(use.Resources, ref unknown);
        }

        if (isNegative)
        {
            return Refuse(AllocatorFault.NegativeAmount, profile.Id);
        }

        if (inUse == AgentMost || profile.Total.Weight(AgentMost) == AgentMost)
        {
            return Refuse(AllocatorFault.AgentTooLarge, profile.Id);
        }

        if (HasTooMany(unknown))
        {
            return Refuse(AllocatorFault.TooManyResourceNames, profile.Id);
        }

        if (CheckParts(profile.Id, profile.Total) is { } refusal)
        {
            return refusal;
        }

        foreach (var use in uses)
        {
            used += names.Known(use.Resources);
        }

        // What is free may come to be held, and the total grow again meanwhile.
        var after = total - names.All(old) + names.Known(profile.Total) + tree.Root.Allocated + used;
        var reserved = tree.Root.Reserved - names.KnownReserved(old) + names.KnownReserved(profile.Total);
        var most = new Quantities(Vector256.Create(AmountMost), null, AmountMost);
        return most.Covers(after) && most.Covers(reserved)
            ? null
            : Refuse(AllocatorFault.TotalTooLarge, profile.Id);
    }

    private static AllocatorRefusal? CheckParts(AgentId id, in ResourceSet total)
    {
        if (PartOverlap.In(total) is not { } overlap)
        {
            return null;
        }

        var asked = ResourceSet.Of(overlap.Common.WithKey(overlap.Other.Key));
        return new AllocatorRefusal(
            AllocatorFault.PartsOverlap, id, Asked: asked, Held: ResourceSet.Of(overlap.Common));
    }

    private bool HasTooMany(HashSet<string>? unknown) =>
        unknown is not null && names.Count - ScalarNames.MainCount + unknown.Count > Settings.CustomScalarsMax;

    private void Register(AgentProfile profile, ReadOnlySpan<AgentUse> uses)
    {
        names.Register(profile.Total);
        foreach (var use in uses)
        {
            names.Register(use.Resources);
        }
    }
}
