using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Tests.Allocation;

/// <summary>A round from the definitions: every agent, every role, every framework, in both passes.</summary>
internal sealed partial class NaiveAllocator
{
    private readonly HashSet<(AgentId, ResourceKey)> sharedOffered = [];
    private List<OfferedResources> offers = [];
    private ulong rounds;
    private long roundTicks;

    public IReadOnlyList<OfferedResources> Allocate(DateTimeOffset now)
    {
        filters = [.. filters.Where(filter => filter.Expiry > now)];
        offers = [];
        rounds++;
        roundTicks = now.Ticks;
        if (agentsAwaited > 0 && quotas.Count > 0 && now < awaitedUntil)
        {
            return offers;
        }

        sharedOffered.Clear();
        scalarNames = FindScalarNames();
        totalItems = [.. agents.Values.SelectMany(a => a.Profile.Total.Items).Where(item => !item.Key.IsShared)];
        foreach (var isForGuarantees in new[] { true, false })
        {
            foreach (var agent in agents.Values.Where(agent => agent.IsActive))
            {
                Visit(agent.Profile, isForGuarantees);
            }
        }

        scalarNames = null;
        return offers;
    }

    private void Visit(AgentProfile agent, bool isForGuarantees)
    {
        var before = offers.Count;
        if (Free(agent).IsEmpty)
        {
            return;
        }

        foreach (var (role, clients) in InOrder(null, agent.Id.Value).ToArray())
        {
            foreach (var framework in clients.Where(framework => Admits(agent, framework, role)))
            {
                var part = PartFor(agent, role, isForGuarantees);
                if (part.IsEmpty)
                {
                    break;
                }

                var offer = Understood(part, framework);
                if (offer.IsEmpty || !IsWorth(offer, framework, role))
                {
                    continue;
                }

                var shared = Understood(
                    agent.Total.Where(i => i.Key.IsShared && IsForRole(i.Key, role)
                        && !sharedOffered.Contains((agent.Id, i.Key))),
                    framework);
                if (!IsFiltered(agent.Id, framework.Profile.Id, role, offer + shared))
                {
                    Grant(agent.Id, framework.Profile.Id, role, offer + shared);
                }
            }
        }

        foreach (var offer in offers.Skip(before))
        {
            foreach (var key in CountKeys(offer.Framework, offer.Role))
            {
                counts[key] = counts.GetValueOrDefault(key) + 1;
            }
        }
    }

    private void Grant(AgentId agent, FrameworkId framework, RoleName role, ResourceSet offer)
    {
        Held(agent, framework, role).Offered += offer;
        NoteOffer(agent, framework, role, offer, roundTicks);
        offers.Add(new OfferedResources(framework, role, agent, offer, 0));
        sharedOffered.UnionWith(offer.Items.Where(item => item.Key.IsShared).Select(item => (agent, item.Key)));
    }

    private ResourceSet PartFor(AgentProfile agent, RoleName role, bool isForGuarantees)
    {
        var free = Free(agent);
        var counted = free.Where(CountsForQuota);
        if (isForGuarantees && !ScalarNames().Any(name =>
            counted.Get(name).Thousandths > 0 && Fills(role, name) > 0 && Allowed(role, name) > 0))
        {
            return ResourceSet.Empty;
        }

        return Cut(free, role, ScalarNames().ToDictionary(name => name, name => Allowed(role, name)));
    }

    private static ResourceSet Cut(ResourceSet free, RoleName role, Dictionary<string, long> left)
    {
        var part = new List<ResourceItem>();
        foreach (var item in free.Items.Where(item => IsForRole(item.Key, role)))
        {
            var amount = item.Amount.Thousandths;
            if (CountsForQuota(item))
            {
                amount = Math.Min(amount, left[item.Key.Name]);
                amount = item.Key.IsExclusive && amount < item.Amount.Thousandths ? 0 : amount;
                left[item.Key.Name] -= amount;
            }

            part.Add(item with { Amount = new Scalar(amount) });
        }

        return ResourceSet.Of(part.Where(i => i.Key.Kind != ResourceKind.Scalar || i.Amount > Scalar.Zero));
    }

    private bool Admits(AgentProfile agent, NaiveFramework framework, RoleName role)
    {
        bool Has(FrameworkCapabilities capability) => framework.Profile.Capabilities.HasFlag(capability);
        return (agent.Capabilities.HasFlag(AgentCapabilities.MultiRole) || !Has(FrameworkCapabilities.MultiRole))
            && (agent.Capabilities.HasFlag(AgentCapabilities.HierarchicalRole) || !role.IsNested)
            && (agent.Total.Gpus.IsZero || !settings.FilterGpuResources || Has(FrameworkCapabilities.GpuResources))
            && (settings.Region is null || agent.Domain is null || agent.Domain.Region == settings.Region
                || Has(FrameworkCapabilities.RegionAware))
            && (!framework.Profile.Constraints.TryGetValue(role, out var wanted) || IsWanted(agent, wanted));
    }

    private bool IsWorth(ResourceSet offer, NaiveFramework framework, RoleName role)
    {
        var min = framework.Profile.MinAllocatable.GetValueOrDefault(role) ?? settings.MinAllocatable;
        return min.Alternatives.Count == 0
            || min.Alternatives.Any(a => a.Items.All(item => offer.Get(item.Key.Name) >= item.Amount));
    }

    private bool IsFiltered(AgentId agent, FrameworkId framework, RoleName role, ResourceSet offer) =>
        filters.Any(f => (f.Agent, f.Framework, f.Role) == (agent, framework, role) && f.Refused.Contains(offer));

    // Reserved to nobody, to the role, or to one above it.
    private static bool IsForRole(ResourceKey key, RoleName role) =>
        key.IsUnreserved || role.IsWithin(key.Reservations.Role);

    private static ResourceSet Understood(ResourceSet set, NaiveFramework framework)
    {
        bool Has(FrameworkCapabilities capability) => framework.Profile.Capabilities.HasFlag(capability);
        return set.Where(i => (!i.Key.IsRevocable || Has(FrameworkCapabilities.RevocableResources))
            && (!i.Key.IsShared || Has(FrameworkCapabilities.SharedResources))
            && (i.Key.Reservations.Layers.Count < 2 || Has(FrameworkCapabilities.ReservationRefinement)));
    }

    /// <summary>Roles with their active frameworks: depth first, siblings by share, count and name.</summary>
    private IEnumerable<(RoleName Role, NaiveFramework[] Clients)> InOrder(RoleName? node, string agent)
    {
        var siblings = new List<(double Share, long Count, string Name, RoleName? Child)>();
        foreach (var child in ActiveRoles().Select(role => ChildToward(node, role)).OfType<RoleName>().Distinct())
        {
            var weight = weights.GetValueOrDefault(child, 1);
            var share = Share(key => key.Item3.IsWithin(child)) / weight;
            siblings.Add((share, Count($"role {child}"), Last(child), child));
        }

        if (node is { } self && ActiveRoles().Contains(self))
        {
            siblings.Add((Share(key => key.Item3 == self), Count($"leaf {self}"), ".", null));
        }

        siblings.Sort((a, b) => a.Share != b.Share ? a.Share.CompareTo(b.Share)
            : a.Count != b.Count ? a.Count.CompareTo(b.Count)
            : string.CompareOrdinal(a.Name, b.Name));
        if (settings.RoleSorter == Sorter.WeightedRandom)
        {
            var byName = siblings.OrderBy(s => s.Name, StringComparer.Ordinal)
                .Select(s => (s, s.Child is { } role ? weights.GetValueOrDefault(role, 1) : 1));
            siblings = AtRandom(byName, SeedOf(agent, node?.Value ?? ""));
        }

        foreach (var (_, _, _, child) in siblings)
        {
            if (child is null)
            {
                yield return (node!.Value, ClientsInOrder(node.Value, agent));
                continue;
            }

            foreach (var below in InOrder(child, agent))
            {
                yield return below;
            }
        }
    }

    private NaiveFramework[] ClientsInOrder(RoleName role, string agent)
    {
        var active = frameworks.Values.Where(f => IsActive(f, role));
        return settings.FrameworkSorter == Sorter.WeightedRandom
            ? [.. AtRandom(
                active.OrderBy(f => f.Profile.Id.Value, StringComparer.Ordinal).Select(f => (f, 1.0)),
                SeedOf(agent, role.Value + "/."))]
            : [.. active.OrderBy(f => Share(key => key.Item2 == f.Profile.Id && key.Item3 == role))
                .ThenBy(f => Count($"framework {f.Profile.Id} {role}"))
                .ThenBy(f => f.Profile.Id.Value, StringComparer.Ordinal)];
    }

    private static bool IsActive(NaiveFramework framework, RoleName role) =>
        framework.IsActive && framework.Profile.Roles.Contains(role) && !framework.Suppressed.Contains(role);

    private HashSet<RoleName> ActiveRoles() =>
        [.. frameworks.Values.SelectMany(f => f.Profile.Roles.Where(role => IsActive(f, role)))];

    private static RoleName? ChildToward(RoleName? node, RoleName role)
    {
        RoleName? at = role;
        while (at is { } here && here.Parent != node)
        {
            at = here.Parent;
        }

        return at;
    }

    private static string Last(RoleName role) => role.Value[(role.Value.LastIndexOf('/') + 1)..];

    private long Count(string key) => counts.GetValueOrDefault(key);

    private double Share(Func<(AgentId, FrameworkId, RoleName), bool> whose)
    {
        var held = new List<ResourceItem>();
        foreach (var (key, holding) in holdings)
        {
            if (whose(key))
            {
                held.AddRange(holding.Offered.Items.Concat(holding.Used.Items).Where(item => !item.Key.IsShared));
            }
        }

        if (held.Count == 0)
        {
            return 0;
        }

        return ScalarNames().Where(name => !settings.ExcludedFromFairness.Contains(name))
            .Select(name => (Part: Sum(held, name), Whole: Sum(totalItems, name)))
            .Where(amounts => amounts.Whole > 0)
            .Select(amounts => amounts.Part / (double)amounts.Whole)
            .DefaultIfEmpty(0).Max();
    }

    private static long Sum(IEnumerable<ResourceItem> items, string name) =>
        items.Where(item => item.Key.Name == name).Sum(item => item.Amount.Thousandths);
}
