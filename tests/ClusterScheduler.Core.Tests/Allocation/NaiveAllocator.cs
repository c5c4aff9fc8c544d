using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Tests.Allocation;

/// <summary>
/// The allocator straight from its definitions: it keeps facts only and computes every sum, share and order
/// anew whenever
/// it needs one, over everything. Slow and plain on purpose; the fast one must make the same offers.
/// </summary>
internal sealed partial class NaiveAllocator(AllocatorSettings settings)
{
    private readonly SortedDictionary<AgentId, NaiveAgent> agents = [];
    private readonly SortedDictionary<FrameworkId, NaiveFramework> frameworks = [];
    private readonly SortedDictionary<(AgentId, FrameworkId, RoleName), NaiveHolding> holdings = [];
    private readonly SortedDictionary<RoleName, double> weights = [];
    private SortedDictionary<RoleName, Quota> quotas = [];
    private readonly Dictionary<string, long> counts = [];
    private List<NaiveFilter> filters = [];

    public AllocatorFault? AddAgent(AgentProfile profile, IReadOnlyList<AgentUse> uses)
    {
        if (agents.ContainsKey(profile.Id))
        {
            return AllocatorFault.DoubleAgent;
        }

        if (uses.Any(use => !frameworks.ContainsKey(use.Framework)))
        {
            return AllocatorFault.UnknownFramework;
        }

        agents.Add(profile.Id, new NaiveAgent { Profile = profile });
        foreach (var use in uses)
        {
            Held(profile.Id, use.Framework, use.Role).Used += use.Resources;
        }

        agentsAwaited = agents.Count >= agentsAwaited ? 0 : agentsAwaited;
        return null;
    }

    public AllocatorFault? UpdateAgent(AgentProfile profile)
    {
        if (!agents.TryGetValue(profile.Id, out var agent))
        {
            return AllocatorFault.UnknownAgent;
        }

        if (!agent.Profile.Attributes.SequenceEqual(profile.Attributes) || agent.Profile.Domain != profile.Domain
            || agent.Profile.Capabilities != profile.Capabilities || agent.Profile.Hostname != profile.Hostname)
        {
            filters.RemoveAll(filter => filter.Agent == profile.Id);
        }

        if (agent.Profile.Unavailability != profile.Unavailability)
        {
            ForgetAsked((id, _) => id == profile.Id);
        }

        agent.Profile = profile;
        return null;
    }

    public AllocatorFault? SetAgentActive(AgentId id, bool isActive)
    {
        if (!agents.TryGetValue(id, out var agent))
        {
            return AllocatorFault.UnknownAgent;
        }

        agent.IsActive = isActive;
        return null;
    }

    public AllocatorFault? PauseAgent(AgentId id)
    {
        Forget(key => key.Item1 == id);
        ForgetAsked((agent, _) => agent == id);
        return SetAgentActive(id, false);
    }

    public AllocatorFault? ReturnAgent(AgentProfile profile, IReadOnlyList<AgentUse> uses)
    {
        var fault = !agents.TryGetValue(profile.Id, out var agent) ? AllocatorFault.UnknownAgent
            : agent.IsActive || holdings.Keys.Any(key => key.Item1 == profile.Id) ? AllocatorFault.AgentPresent
            : UpdateAgent(profile);
        foreach (var use in fault is null ? uses : [])
        {
            Held(profile.Id, use.Framework, use.Role).Used += use.Resources;
        }

        return fault ?? SetAgentActive(profile.Id, true);
    }

    public AllocatorFault? RemoveAgent(AgentId id)
    {
        if (!agents.Remove(id))
        {
            return AllocatorFault.UnknownAgent;
        }

        filters.RemoveAll(filter => filter.Agent == id);
        Forget(key => key.Item1 == id);
        ForgetAsked((agent, _) => agent == id);
        return null;
    }

    public AllocatorFault? AddFramework(FrameworkProfile profile, bool isActive)
    {
        if (frameworks.ContainsKey(profile.Id))
        {
            return AllocatorFault.DoubleFramework;
        }

        var fault = CheckRoles(profile);
        if (fault is null)
        {
            frameworks.Add(profile.Id, new NaiveFramework { Profile = profile, IsActive = isActive });
            frameworks[profile.Id].Suppressed.UnionWith(profile.SuppressedRoles);
        }

        return fault;
    }

    public AllocatorFault? UpdateFramework(FrameworkProfile profile)
    {
        if (!frameworks.TryGetValue(profile.Id, out var framework))
        {
            return AllocatorFault.UnknownFramework;
        }

        var fault = CheckRoles(profile);
        if (fault is null)
        {
            filters.RemoveAll(f => f.Framework == profile.Id && !profile.Roles.Contains(f.Role));
            framework.Profile = profile;
            framework.Suppressed = [.. profile.SuppressedRoles];
            Forget(_ => false);
        }

        return fault;
    }

    public AllocatorFault? SetFrameworkActive(FrameworkId id, bool isActive)
    {
        if (!frameworks.TryGetValue(id, out var framework))
        {
            return AllocatorFault.UnknownFramework;
        }

        if (framework.IsActive != isActive)
        {
            filters.RemoveAll(filter => filter.Framework == id);
            framework.IsActive = isActive;
        }

        return null;
    }

    public AllocatorFault? RemoveFramework(FrameworkId id)
    {
        if (!frameworks.Remove(id))
        {
            return AllocatorFault.UnknownFramework;
        }

        filters.RemoveAll(filter => filter.Framework == id);
        Forget(key => key.Item2 == id);
        ForgetAsked((_, framework) => framework == id);
        return null;
    }

    public AllocatorFault? Suppress(FrameworkId id, RoleName role)
    {
        var fault = CheckSubscribed(id, role);
        if (fault is null)
        {
            frameworks[id].Suppressed.Add(role);
        }

        return fault;
    }

    public AllocatorFault? Revive(FrameworkId id, RoleName role)
    {
        var fault = CheckSubscribed(id, role);
        if (fault is null)
        {
            frameworks[id].Suppressed.Remove(role);
            filters.RemoveAll(filter => filter.Framework == id && filter.Role == role);
            ForgetAsked((agent, framework) => framework == id && asked[(agent, framework)] is not null);
        }

        return fault;
    }

    public AllocatorFault? RecoverOffered(
        FrameworkId framework, RoleName role, AgentId agent, ResourceSet resources, TimeSpan refuse, DateTimeOffset now)
    {
        var fault = CheckHolding(framework, role, agent);
        if (fault is not null)
        {
            return fault;
        }

        var held = Held(agent, framework, role);
        if (!held.Offered.TrySubtract(resources, out var rest))
        {
            Forget(_ => false);
            return AllocatorFault.NotOffered;
        }

        held.Offered = rest;
        EndOffer(agent, framework, role, resources);
        if (refuse > TimeSpan.Zero && !resources.IsEmpty && frameworks[framework].Profile.Roles.Contains(role))
        {
            var lasts = refuse < settings.FilterLeast ? settings.FilterLeast : refuse;
            filters.Add(new NaiveFilter(agent, framework, role, resources, now + lasts));
        }

        Forget(_ => false);
        return null;
    }

    public AllocatorFault? RecoverUsed(FrameworkId framework, RoleName role, AgentId agent, ResourceSet resources)
    {
        var fault = CheckHolding(framework, role, agent);
        if (fault is not null)
        {
            return fault;
        }

        var held = Held(agent, framework, role);
        fault = held.Used.TrySubtract(resources, out var rest) ? null : AllocatorFault.NotUsed;
        held.Used = rest;
        Forget(_ => false);
        return fault;
    }

    public AllocatorFault? Consume(FrameworkId framework, RoleName role, AgentId agent, ResourceSet resources)
    {
        var fault = CheckHolding(framework, role, agent);
        if (fault is not null)
        {
            return fault;
        }

        var held = Held(agent, framework, role);
        if (!held.Offered.TrySubtract(resources, out var rest))
        {
            Forget(_ => false);
            return AllocatorFault.NotOffered;
        }

        (held.Offered, held.Used) = (rest, held.Used + resources);
        EndOffer(agent, framework, role, resources);
        return null;
    }

    public AllocatorFault? SetWeight(RoleName role, double weight)
    {
        weights[role] = weight;
        return null;
    }

    private static AllocatorFault? CheckRoles(FrameworkProfile profile) =>
        profile.Roles.Count == 0 ? AllocatorFault.NoRole
        : profile.Roles.Distinct().Count() != profile.Roles.Count ? AllocatorFault.DoubleRole
        : profile.Roles.Count > 1 && !profile.Capabilities.HasFlag(FrameworkCapabilities.MultiRole)
            ? AllocatorFault.MultiRoleNeeded
        : profile.SuppressedRoles.Except(profile.Roles).Any() ? AllocatorFault.NotSubscribed
        : null;

    private AllocatorFault? CheckSubscribed(FrameworkId id, RoleName role) =>
        !frameworks.TryGetValue(id, out var framework) ? AllocatorFault.UnknownFramework
        : !framework.Profile.Roles.Contains(role) ? AllocatorFault.NotSubscribed
        : null;

    private AllocatorFault? CheckHolding(FrameworkId framework, RoleName role, AgentId agent) =>
        !frameworks.ContainsKey(framework) ? AllocatorFault.UnknownFramework
        : !IsClient(framework, role) ? AllocatorFault.NotSubscribed
        : !agents.ContainsKey(agent) ? AllocatorFault.UnknownAgent
        : null;

    private bool IsClient(FrameworkId framework, RoleName role) =>
        frameworks[framework].Profile.Roles.Contains(role)
        || holdings.Keys.Any(key => key.Item2 == framework && key.Item3 == role);

    private NaiveHolding Held(AgentId agent, FrameworkId framework, RoleName role)
    {
        if (!holdings.TryGetValue((agent, framework, role), out var held))
        {
            held = new NaiveHolding();
            holdings.Add((agent, framework, role), held);
        }

        return held;
    }

    // Drops holdings, empty ones too, and then the allocation counts of whoever is gone.
    private void Forget(Func<(AgentId, FrameworkId, RoleName), bool> ended)
    {
        var gone = holdings.Where(h => ended(h.Key) || (h.Value.Offered.IsEmpty && h.Value.Used.IsEmpty));
        foreach (var (key, _) in gone.ToArray())
        {
            holdings.Remove(key);
            open.RemoveAll(offer => offer.IsOf(key.Item1, key.Item2, key.Item3));
        }

        var live = Clients().SelectMany(c => CountKeys(c.Framework, c.Role)).ToHashSet();
        foreach (var key in counts.Keys.Where(key => !live.Contains(key)).ToArray())
        {
            counts.Remove(key);
        }
    }

    private IEnumerable<(FrameworkId Framework, RoleName Role)> Clients() =>
        frameworks.Values.SelectMany(f => f.Profile.Roles.Select(role => (f.Profile.Id, role)))
            .Concat(holdings.Keys.Select(key => (key.Item2, key.Item3)))
            .Distinct();

    private static IEnumerable<string> CountKeys(FrameworkId framework, RoleName role)
    {
        yield return $"framework {framework} {role}";
        yield return $"leaf {role}";
        for (RoleName? node = role; node is not null; node = node.Value.Parent)
        {
            yield return $"role {node}";
        }
    }

    private sealed class NaiveAgent
    {
        public required AgentProfile Profile { get; set; }

        public bool IsActive { get; set; } = true;
    }

    private sealed class NaiveFramework
    {
        public required FrameworkProfile Profile { get; set; }

        public bool IsActive { get; set; }

        public HashSet<RoleName> Suppressed { get; set; } = [];
    }

    private sealed class NaiveHolding
    {
        public ResourceSet Offered { get; set; }

        public ResourceSet Used { get; set; }
    }

    private sealed record NaiveFilter(
        AgentId Agent, FrameworkId Framework, RoleName Role, ResourceSet Refused, DateTimeOffset Expiry);
}
