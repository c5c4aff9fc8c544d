using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Tests.Allocation;

/// <summary>What can be asked, from the definitions; and every open offer with its time.</summary>
internal sealed partial class NaiveAllocator
{
    private List<NaiveOffer> open = [];

    public IEnumerable<string> ViewFreeAgents(
        FrameworkId id, RoleName role, ResourceSet least, AgentId after, int most, DateTimeOffset now)
    {
        if (!IsIn(id, role) || !frameworks[id].IsActive
            || (agentsAwaited > 0 && quotas.Count > 0 && now < awaitedUntil))
        {
            return [];
        }

        scalarNames = FindScalarNames();
        var (framework, allowed) = (
            frameworks[id], ScalarNames().ToDictionary(name => name, name => Allowed(role, name)));
        scalarNames = null;
        return agents.Values.Where(agent => agent.IsActive && agent.Profile.Id.CompareTo(after) > 0
                && Admits(agent.Profile, framework, role))
            .Select(agent => (agent.Profile.Id, Free: Understood(
                Cut(Free(agent.Profile), role, new Dictionary<string, long>(allowed))
                    + agent.Profile.Total.Where(item => item.Key.IsShared && IsForRole(item.Key, role)).Shared,
                framework)))
            .Where(seen => !seen.Free.IsEmpty && Distance(least, seen.Free) == 0)
            .Take(most).Select(seen => $"{seen.Id} {seen.Free}").ToArray();
    }

    public IEnumerable<string> Overdue(DateTimeOffset now) => open
        .Where(offer => new DateTimeOffset(offer.Since, TimeSpan.Zero) + settings.OfferTimeout <= now)
        .Select(offer => $"{offer.Agent} {offer.Framework} {offer.Role} {offer.Since} {offer.Resources}")
        .Order(StringComparer.Ordinal).ToArray();

    /// <summary>By framework; without the times that offers were held in all.</summary>
    public IEnumerable<string> ViewHeldOffers(DateTimeOffset now) => frameworks.Values.Select(framework =>
    {
        var own = open.Where(offer => offer.Framework == framework.Profile.Id).ToArray();
        var held = own.Aggregate(ResourceSet.Empty, (sum, offer) => sum + offer.Resources.Where(
            item => item.Key.Kind == ResourceKind.Scalar));
        long? oldest = own.Length == 0 ? null : own.Min(offer => offer.Since);
        bool IsMuch(string name) =>
            held.Get(name).Thousandths > settings.Hoarding.ClusterPart * Total().Get(name).Thousandths;
        var isHoarder = (IsMuch("cpus") || IsMuch("mem"))
            && now.Ticks - oldest > settings.Hoarding.OlderThan.Ticks;
        var holders = own.Select(offer => (offer.Agent, offer.Role)).Distinct().Count();
        return $"{framework.Profile.Id} {holders} {held} {oldest} {isHoarder}";
    }).ToArray();

    public bool Suits(RoleName role, AgentId id) => agents.TryGetValue(id, out var agent) && agent.IsActive
        && frameworks.Values.Any(framework => framework.Profile.Roles.Any(own =>
            own.IsWithin(role) && IsActive(framework, own) && Admits(agent.Profile, framework, own)));

    /// <summary>With what is freed there, the least offer of one of them is reached within the limits below.</summary>
    public bool Suits(RoleName role, AgentId id, ResourceSet freed) => agents.TryGetValue(id, out var agent)
        && agent.IsActive
        && frameworks.Values.Any(framework => framework.Profile.Roles.Any(own =>
            own.IsWithin(role) && IsActive(framework, own) && Admits(agent.Profile, framework, own)
            && IsWorth(WithinRooms(OfRole(agent, framework, own) + freed, own, role),
                framework, own)));

    private ResourceSet OfRole(NaiveAgent agent, NaiveFramework framework, RoleName role) =>
        Understood(Free(agent.Profile), framework).Where(item => IsForRole(item.Key, role));

    // Of what counts against quota, what the limits of the role leave, and of those above it up to the top one.
    private ResourceSet WithinRooms(ResourceSet offer, RoleName role, RoleName top)
    {
        var path = PathOf(role).Where(node => node.IsWithin(top)).ToArray();
        var counted = offer.Where(CountsForQuota);
        return offer - counted + ResourceSet.Of(counted.Items.Select(static item => item.Key.Name).Distinct()
            .Select(name => new ResourceItem(
                new ResourceKey(name, ResourceKind.Scalar),
                new Scalar(Math.Min(counted.Get(name).Thousandths, path.Min(node => Room(node, name))))))
            .Where(static item => item.Amount > Scalar.Zero));
    }

    /// <summary>What it may still get, and its frameworks in order; null when the twin cannot tell.</summary>
    public IEnumerable<string>? WhyRole(RoleName role)
    {
        var own = Clients().Where(client => client.Role == role).Select(client => frameworks[client.Framework])
            .ToArray();
        if (own.Length == 0)
        {
            return null;
        }

        scalarNames = FindScalarNames();
        totalItems = [.. agents.Values.SelectMany(a => a.Profile.Total.Items).Where(item => !item.Key.IsShared)];
        var most = ResourceSet.Of(ScalarNames().Select(name => new ResourceItem(
            new ResourceKey(name, ResourceKind.Scalar),
            new Scalar(Math.Max(0, Math.Min(Allowed(role, name), Available(name)))))));
        var waiting = own.Where(framework => IsActive(framework, role))
            .OrderBy(f => Share(key => key.Item2 == f.Profile.Id && key.Item3 == role))
            .ThenBy(f => Count($"framework {f.Profile.Id} {role}"))
            .ThenBy(f => f.Profile.Id.Value, StringComparer.Ordinal);
        scalarNames = null;
        return waiting.Select(framework => (framework.Profile.Id, Waits: true))
            .Concat(own.Where(framework => !IsActive(framework, role))
                .Select(framework => (framework.Profile.Id, Waits: false)).OrderBy(each => each.Id))
            .Select(each => $"{each.Id} {each.Waits}")
            .Prepend($"{most.Where(static item => item.Amount > Scalar.Zero)} of {own.Length}").ToArray();
    }

    private void NoteOffer(AgentId agent, FrameworkId framework, RoleName role, ResourceSet resources, long since)
    {
        var at = open.FindIndex(offer => offer.IsOf(agent, framework, role) && offer.Since == since);
        if (at < 0)
        {
            open.Add(new NaiveOffer(agent, framework, role, since, resources));
        }
        else
        {
            open[at] = open[at] with { Resources = open[at].Resources + resources };
        }
    }

    // An offer that is just this, the oldest such first; else parts of the oldest offers.
    private void EndOffer(AgentId agent, FrameworkId framework, RoleName role, ResourceSet resources)
    {
        var own = open.Where(offer => offer.IsOf(agent, framework, role)).ToArray();
        var first = Math.Max(0, Array.FindIndex(own, offer => offer.Resources == resources));
        foreach (var offer in own.Skip(first))
        {
            var taken = offer.Resources.Intersect(resources);
            resources -= taken;
            open[open.IndexOf(offer)] = offer with { Resources = offer.Resources - taken };
        }

        open.RemoveAll(offer => offer.Resources.IsEmpty);
    }

    // What is of several offers makes them one, as old as the oldest.
    private void ConvertOffer(
        AgentId agent, FrameworkId framework, RoleName role, ResourceSet before, ResourceSet after)
    {
        var own = open.Where(offer => offer.IsOf(agent, framework, role)).ToArray();
        var whole = own.FirstOrDefault(offer => offer.Resources.Contains(before));
        if (whole is null)
        {
            whole = own[0] with
            {
                Resources = own.Aggregate(ResourceSet.Empty, (sum, offer) => sum + offer.Resources),
            };
            open.RemoveAll(own.Contains);
            open.Add(whole);
            open = [.. open.OrderBy(offer => offer.Since)];
        }

        open[open.IndexOf(whole)] = whole with { Resources = whole.Resources - before + after };
    }

    private sealed record NaiveOffer(
        AgentId Agent, FrameworkId Framework, RoleName Role, long Since, ResourceSet Resources)
    {
        public bool IsOf(AgentId agent, FrameworkId framework, RoleName role) =>
            (Agent, Framework, Role) == (agent, framework, role);
    }
}
