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
    /// <summary>
    /// Whether the agent suits the framework at all, whatever is free; else the first rule against it.
    /// </summary>
    public static OfferRule Admits(AgentState agent, ClientState client, bool filterGpus) =>
        LacksMultiRole(agent, client) ? OfferRule.AgentLacksMultiRole
        : LacksHierarchicalRole(agent, client) ? OfferRule.AgentLacksHierarchicalRole
        : KeepsGpus(agent, client, filterGpus) ? OfferRule.Gpu
        : IsInOtherRegion(agent, client) ? OfferRule.Region
        : IsExcluded(agent, client) ? OfferRule.Constraints
        : OfferRule.None;

    /// <summary>All rules that <see cref="Admits"/> asks and that stand against the agent.</summary>
    public static RuleSet Against(AgentState agent, ClientState client, bool filterGpus) => default(RuleSet)
        .With(OfferRule.AgentLacksMultiRole, LacksMultiRole(agent, client))
        .With(OfferRule.AgentLacksHierarchicalRole, LacksHierarchicalRole(agent, client))
        .With(OfferRule.Gpu, KeepsGpus(agent, client, filterGpus))
        .With(OfferRule.Region, IsInOtherRegion(agent, client))
        .With(OfferRule.Constraints, IsExcluded(agent, client));

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

    /// <summary>What the client may have of what is free at the agent, its shared volumes aside.</summary>
    public static ResourceSet PartOf(
        AgentState agent, ClientState client, in Quantities allowed, ScalarNames names) =>
        Understood(ForRole(agent.Free, client.Leaf.Role.Role, allowed, names), client.Framework);

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

    private static bool LacksMultiRole(AgentState agent, ClientState client) =>
        (agent.Profile.Capabilities & AgentCapabilities.MultiRole) == 0
        && client.Framework.Has(FrameworkCapabilities.MultiRole);

    private static bool LacksHierarchicalRole(AgentState agent, ClientState client) =>
        (agent.Profile.Capabilities & AgentCapabilities.HierarchicalRole) == 0 && client.Leaf.Role.Role.IsNested;

    private static bool KeepsGpus(AgentState agent, ClientState client, bool filterGpus) =>
        agent.HasGpus && filterGpus && !client.Framework.Has(FrameworkCapabilities.GpuResources);

    private static bool IsInOtherRegion(AgentState agent, ClientState client) =>
        agent.IsRemote && !client.Framework.Has(FrameworkCapabilities.RegionAware);

    private static bool IsExcluded(AgentState agent, ClientState client) =>
        client.Constraints is not null && !client.Constraints.Admits(agent.Profile);

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
