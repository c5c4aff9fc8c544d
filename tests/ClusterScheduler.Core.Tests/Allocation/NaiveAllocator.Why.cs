using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Tests.Allocation;

/// <summary>Explanations from the definitions: every rule at every agent, one demand after the other.</summary>
internal sealed partial class NaiveAllocator
{
    private static readonly OfferRule[] FarRules =
    [
        OfferRule.AgentInactive, OfferRule.AgentLacksMultiRole, OfferRule.AgentLacksHierarchicalRole, OfferRule.Gpu,
        OfferRule.Region, OfferRule.Constraints,
    ];

    public bool IsIn(FrameworkId framework, RoleName role) =>
        frameworks.TryGetValue(framework, out var known) && known.Profile.Roles.Contains(role);

    /// <summary>By rule the agents, and those where it is the first; then the nearest ten.</summary>
    public IEnumerable<string> Why(FrameworkId id, RoleName role, ResourceSet demand, DateTimeOffset now)
    {
        scalarNames = FindScalarNames();
        var framework = frameworks[id];
        var limits = ScalarNames().ToDictionary(name => name, name => WithinLimits(role, name));
        var headroom = ScalarNames().ToDictionary(name => name, name => WithinHeadroom(role, name));
        var seen = new List<(AgentId Agent, OfferRule[] Rules, double Distance, string Line)>();
        foreach (var agent in agents.Values)
        {
            var client = new NaiveClient(agent, framework, role, limits, headroom);
            var (free, offerable) = (Part(client, Free(agent.Profile), byLimits: false, byHeadroom: false),
                Part(client, Free(agent.Profile), byLimits: true, byHeadroom: true));
            OfferRule[] rules = [.. Rules(client, demand, free, offerable, now)];
            var missing = demand.Items.Select(item => $"{Missing(item, free)}").Where(one => one.Length > 0);
            seen.Add((agent.Profile.Id, rules, Distance(demand, free),
                $"{agent.Profile.Id} {string.Join('+', rules)} {free} {offerable} {string.Join(';', missing)}"));
        }

        scalarNames = null;
        var counted = seen.Select(one => one.Rules.Length == 0 ? [OfferRule.None] : one.Rules).ToArray();
        return counted.SelectMany(rules => rules).Distinct().Order()
            .Select(rule => $"{rule} {counted.Count(r => r.Contains(rule))} {counted.Count(r => r[0] == rule)}")
            .Concat(seen.OrderBy(one => one.Rules.Intersect(FarRules).Any()).ThenBy(one => one.Distance)
                .ThenByDescending(one => one.Rules.Length == 0 ? int.MaxValue : (int)one.Rules[0])
                .ThenBy(one => one.Agent).Take(WhyAnswer.ListedMax).Select(one => one.Line));
    }

    private IEnumerable<OfferRule> Rules(
        NaiveClient client, ResourceSet demand, ResourceSet free, ResourceSet offerable, DateTimeOffset now)
    {
        var (agent, framework, role, _, _) = client;
        var (profile, all) = (agent.Profile, Free(agent.Profile));
        bool Has(FrameworkCapabilities capability) => framework.Profile.Capabilities.HasFlag(capability);
        var limited = Part(client, all, byLimits: true, byHeadroom: false);
        var kept = Part(client, all, byLimits: false, byHeadroom: true);
        var (isWorth, distance) = (IsWorthAlone(free, client), Distance(demand, free));
        var wouldDo = isWorth && distance == 0;
        bool Holds(ResourceSet part) => IsWorthAlone(part, client) && Distance(demand, part) == 0;
        var isLimited = quotas.Count > 0 && (!LimitsReach(client, all) || (wouldDo && !Holds(limited))
            || demand.Items.Any(item => item.Key.Kind == ResourceKind.Scalar
                && LimitHere(client, all, item.Key.Name) < demand.Get(item.Key.Name).Thousandths));
        var isKept = quotas.Count > 0 && kept != free && ((isWorth && !IsWorthAlone(kept, client))
            || Distance(demand, kept) > distance || (wouldDo && !isLimited && !Holds(offerable)));
        var offer = offerable.IsEmpty ? free : offerable;
        (OfferRule Rule, bool Applies)[] rules =
        [
            (OfferRule.AgentsAwaited, agentsAwaited > 0 && quotas.Count > 0 && now < awaitedUntil),
            (OfferRule.FrameworkInactive, !framework.IsActive),
            (OfferRule.Suppressed, framework.Suppressed.Contains(role)),
            (OfferRule.AgentInactive, !agent.IsActive),
            (OfferRule.AgentLacksMultiRole, !profile.Capabilities.HasFlag(AgentCapabilities.MultiRole)
                && Has(FrameworkCapabilities.MultiRole)),
            (OfferRule.AgentLacksHierarchicalRole,
                !profile.Capabilities.HasFlag(AgentCapabilities.HierarchicalRole) && role.IsNested),
            (OfferRule.Gpu, !profile.Total.Gpus.IsZero && settings.FilterGpuResources
                && !Has(FrameworkCapabilities.GpuResources)),
            (OfferRule.Region, settings.Region is not null && profile.Domain is not null
                && profile.Domain.Region != settings.Region && !Has(FrameworkCapabilities.RegionAware)),
            (OfferRule.Constraints, framework.Profile.Constraints.TryGetValue(role, out var wanted)
                && !IsWanted(profile, wanted)),
            (OfferRule.NothingFree, all.IsEmpty),
            (OfferRule.NotForThisRole, !all.IsEmpty && free.IsEmpty),
            (OfferRule.QuotaLimit, isLimited),
            (OfferRule.Headroom, isKept),
            (OfferRule.BelowMinimum, !free.IsEmpty && !isWorth),
            (OfferRule.Filtered, !offer.IsEmpty && filters.Any(f => f.Expiry > now && f.Refused.Contains(offer)
                && (f.Agent, f.Framework, f.Role) == (profile.Id, framework.Profile.Id, role))),
            (OfferRule.TooSmall, !free.IsEmpty && distance > 0),
        ];
        return rules.Where(rule => rule.Applies).Select(rule => rule.Rule);
    }

    /// <summary>What the client understands of what its role may have; shared volumes ride along.</summary>
    private static ResourceSet Part(NaiveClient client, ResourceSet free, bool byLimits, bool byHeadroom)
    {
        var (agent, framework, role, limits, headroom) = client;
        var part = Understood(Cut(free, role, limits.Keys.ToDictionary(name => name, name => Math.Min(
            byLimits ? limits[name] : Unlimited, byHeadroom ? headroom[name] : Unlimited))), framework);
        return part.IsEmpty ? part : part + Understood(agent.Profile.Total.Where(
            item => item.Key.IsShared && IsForRole(item.Key, role)).Shared, framework);
    }

    private bool IsWorthAlone(ResourceSet part, NaiveClient client) =>
        !part.IsEmpty && IsWorth(part.Unshared, client.Framework, client.Role);

    private bool LimitsReach(NaiveClient client, ResourceSet free)
    {
        var min = client.Framework.Profile.MinAllocatable.GetValueOrDefault(client.Role) ?? settings.MinAllocatable;
        return min.Alternatives.Count == 0 || min.Alternatives.Any(least => least.Items.All(
            item => LimitHere(client, free, item.Key.Name) >= item.Amount.Thousandths));
    }

    // What is reserved or revocable is not limited.
    private static long LimitHere(NaiveClient client, ResourceSet free, string name) =>
        Part(client, free, byLimits: false, byHeadroom: false).Unshared.Where(item => !CountsForQuota(item)).Get(name)
            .Thousandths + client.Limits.GetValueOrDefault(name, Unlimited);

    private static double Distance(ResourceSet demand, ResourceSet there)
    {
        string[] known = ["cpus", "mem", "disk", "gpus", "licence"];
        var scalars = demand.Items.Where(item => item.Key.Kind == ResourceKind.Scalar).ToList();
        double distance = scalars.Count(item => !known.Contains(item.Key.Name));
        foreach (var item in scalars.Where(item => known.Contains(item.Key.Name)))
        {
            var (asked, had) = (item.Amount.Thousandths, there.Unshared.Get(item.Key.Name).Thousandths);
            distance += had < asked ? (asked - had) / (double)asked : 0;
        }

        return distance + demand.Items.Count(item => item.Key.Kind == ResourceKind.Ranges
            && !there.GetRanges(item.Key.Name).Contains(item.Ranges!));
    }

    private static ResourceSet Missing(ResourceItem item, ResourceSet there) => ResourceSet.Of(
        item.Key.Kind == ResourceKind.Ranges
            ? item with { Ranges = item.Ranges!.Subtract(there.GetRanges(item.Key.Name)) }
            : item with { Amount = new Scalar(Math.Max(0, (item.Amount - there.Get(item.Key.Name)).Thousandths)) });

    private sealed record NaiveClient(
        NaiveAgent Agent,
        NaiveFramework Framework,
        RoleName Role,
        Dictionary<string, long> Limits,
        Dictionary<string, long> Headroom);
}
