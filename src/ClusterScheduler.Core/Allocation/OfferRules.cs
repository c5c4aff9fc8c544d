using System.Runtime.Intrinsics;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Allocation;

/// <summary>
/// The predicates that decide who may be offered what. Rounds, transactions and explanations all ask these.
/// </summary>
internal static class OfferRules
{
    /// <summary>Whether the agent suits the framework at all, whatever is free; else the rule against it.</summary>
    public static OfferRule Admits(AgentState agent, ClientState client, bool filterGpus)
    {
        var framework = client.Framework;
        var capabilities = agent.Profile.Capabilities;
        if (capabilities != AgentCapabilities.All)
        {
            if ((capabilities & AgentCapabilities.MultiRole) == 0 && framework.Has(FrameworkCapabilities.MultiRole))
            {
                return OfferRule.AgentLacksMultiRole;
            }

            if ((capabilities & AgentCapabilities.HierarchicalRole) == 0 && client.Leaf.Role.Role.IsNested)
            {
                return OfferRule.AgentLacksHierarchicalRole;
            }
        }

        if (agent.HasGpus && filterGpus && !framework.Has(FrameworkCapabilities.GpuResources))
        {
            return OfferRule.Gpu;
        }

        if (agent.IsRemote && !framework.Has(FrameworkCapabilities.RegionAware))
        {
            return OfferRule.Region;
        }

        return client.Constraints is null || client.Constraints.Admits(agent.Profile)
            ? OfferRule.None
            : OfferRule.Constraints;
    }

    /// <summary>Whether the item may be offered to frameworks of the role.</summary>
    public static bool IsForRole(ResourceKey key, RoleName role) => key.Reservations.IsOfferableTo(role);

    /// <summary>Whether the framework understands the item.</summary>
    public static bool IsUnderstood(ResourceKey key, FrameworkState framework) =>
        (!key.IsRevocable || framework.Has(FrameworkCapabilities.RevocableResources))
        && (!key.IsShared || framework.Has(FrameworkCapabilities.SharedResources))
        && (!key.Reservations.IsRefined || framework.Has(FrameworkCapabilities.ReservationRefinement));

    /// <summary>What the framework understands of a set.</summary>
    public static ResourceSet Understood(in ResourceSet set, FrameworkState framework)
    {
        foreach (var item in set.Rest ?? [])
        {
            if (!IsUnderstood(item.Key, framework))
            {
                return Stripped(set, framework);
            }
        }

        return set;
    }

    /// <summary>The agent's shared volumes that the client may be shown.</summary>
    public static ResourceSet SharedFor(ClientState client, AgentState agent)
    {
        var role = client.Leaf.Role.Role;
        var framework = client.Framework;
        return agent.Shared.Where(i => IsForRole(i.Key, role) && IsUnderstood(i.Key, framework));
    }

    /// <summary>
    /// What the role may have of a set: what is reserved to others is left out, and unreserved scalars are cut to
    /// <paramref name="allowed"/> (chopping). Whole disks are never cut: they fit or are left out.
    /// </summary>
    public static ResourceSet ForRole(in ResourceSet set, RoleName role, in Quantities allowed, ScalarNames names)
    {
        var main = Vector256.Min(set.Main, allowed.Main);
        if (set.Rest is null)
        {
            return new ResourceSet(main, null);
        }

        var left = allowed - new Quantities(main);
        ResourceItem[]? kept = null;
        var count = 0;
        for (var at = 0; at < set.Rest.Length; at++)
        {
            ref readonly var item = ref set.Rest[at];
            var isCut = item.Key is { IsUnreserved: true, IsRevocable: false, Kind: ResourceKind.Scalar };
            var isKept = IsForRole(item.Key, role);
            var own = isKept && isCut ? Cut(item, ref left, names) : item;
            isKept &= !own.IsNothing;
            if (kept is null && isKept && own.Amount == item.Amount)
            {
                count++;
                continue;
            }

            // From the first item on that is not kept as it is.
            kept ??= set.Rest[..];
            if (isKept)
            {
                kept[count++] = own;
            }
        }

        return new ResourceSet(main, count == 0 ? null : kept is null ? set.Rest : kept[..count]);
    }

    private static ResourceSet Stripped(in ResourceSet set, FrameworkState framework) =>
        set.Where(item => IsUnderstood(item.Key, framework));

    private static ResourceItem Cut(in ResourceItem item, ref Quantities left, ScalarNames names)
    {
        var number = names.NumberOf(item.Key.Name);
        var amount = Math.Min(item.Amount.Thousandths, left[number]);
        if (item.Key.IsExclusive && amount < item.Amount.Thousandths)
        {
            amount = 0;
        }

        if (amount == item.Amount.Thousandths && left[number] == Quantities.Unlimited)
        {
            return item;
        }

        left = left.With(number, left[number] - amount);
        return item with { Amount = new Scalar(amount) };
    }
}
