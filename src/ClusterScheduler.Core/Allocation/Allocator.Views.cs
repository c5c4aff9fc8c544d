using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Allocation;

/// <summary>The accounts, for display and for checks. Nothing here changes anything.</summary>
public sealed partial class Allocator
{
    /// <summary>The sums over the cluster.</summary>
    public ClusterView ViewCluster() => new(
        names.ToResources(total), names.ToResources(available), names.ToResources(tree.RequiredHeadroom));

    /// <summary>The agent's version now; null when it is not known.</summary>
    public long? VersionOf(AgentId id) => agents.Find(id)?.Version;

    /// <summary>One agent; null when it is not known.</summary>
    public AgentView? ViewAgent(AgentId id) => agents.Find(id) is { } agent ? View(agent) : null;

    /// <summary>All agents by id.</summary>
    public IReadOnlyList<AgentView> ViewAgents()
    {
        var views = new List<AgentView>(agents.Count);
        foreach (var agent in agents.InOrder())
        {
            views.Add(View(agent));
        }

        return views;
    }

    /// <summary>All roles that anything is known of, by name.</summary>
    public IReadOnlyList<RoleView> ViewRoles() => [.. tree.Roles.Select(View)];

    /// <summary>One role; null when nothing is known of it.</summary>
    public RoleView? ViewRole(RoleName role) => tree.Find(role) is { } node ? View(node) : null;

    /// <summary>A framework's place in each role, by role; empty when it is not known.</summary>
    public IReadOnlyList<ClientView> ViewFramework(FrameworkId id) =>
        frameworks.TryGetValue(id, out var framework) ? [.. framework.Clients.Values.Select(View)] : [];

    /// <summary>
    /// Whether any framework of the role or below, of those that want offers, may be offered this agent at all,
    /// whatever is free there and whatever was declined.
    /// </summary>
    /// <param name="role">Any role.</param>
    /// <param name="id">Any agent; one that is not known, or not active, suits nobody.</param>
    public bool Suits(RoleName role, AgentId id) =>
        tree.Find(role) is { } node && agents.Find(id) is { IsActive: true } agent
            && IsAdmitted(node, agent, Quantities.NoLimit, freed: null);

    /// <summary>
    /// The same, and what is free there together with what will be reaches the least offer of one of them.
    /// </summary>
    /// <param name="role">Any role.</param>
    /// <param name="id">Any agent.</param>
    /// <param name="freed">What will be free: neither reserved nor revocable.</param>
    public bool Suits(RoleName role, AgentId id, ResourceSet freed) =>
        tree.Find(role) is { } node && agents.Find(id) is { IsActive: true } agent
            && IsAdmitted(node, agent, Quantities.NoLimit, names.Known(freed));

    /// <summary>Per agent with any: what is free for everybody, neither reserved nor revocable, by id.</summary>
    public SortedDictionary<AgentId, ResourceSet> ViewFree()
    {
        var free = new SortedDictionary<AgentId, ResourceSet>();
        foreach (var agent in agents.InOrder())
        {
            if (!agent.Available.IsZero)
            {
                free.Add(agent.Profile.Id, names.ToResources(agent.Available));
            }
        }

        return free;
    }

    private bool IsAdmitted(RoleNode node, AgentState agent, in Quantities roomAbove, in Quantities? freed)
    {
        var room = Quantities.Min(roomAbove, node.Room);
        var clients = node.Leaf.Clients;
        for (var page = 0; page < clients.PageCount; page++)
        {
            foreach (ref readonly var entry in clients[page])
            {
                // Only those that want offers are filed there.
                var client = (ClientState)clients[entry];
                if (OfferRules.Admits(agent, client, Settings.FilterGpuResources) == OfferRule.None
                    && (freed is not { } more || IsReached(agent, client, room, more)))
                {
                    return true;
                }
            }
        }

        foreach (var child in node.Children.Values)
        {
            if (IsAdmitted(child, agent, room, freed))
            {
                return true;
            }
        }

        return false;
    }

    // Limits of roles above the one that is asked about are left out: what is freed may make room there.
    private bool IsReached(AgentState agent, ClientState client, in Quantities room, in Quantities freed)
    {
        var all = names.Known(OfferRules.PartOf(agent, client, Quantities.NoLimit, names));
        var unlimited = all - agent.Available;
        var limited = Quantities.Min(agent.Available + freed, room.ClampToZero());
        return client.Minimum.IsReachedBy(unlimited + limited, names);
    }

    private double ShareOf(in Quantities allocated)
    {
        RefreshShares();
        return scale.DominantShare(allocated);
    }

    private static AgentView View(AgentState agent)
    {
        var holdings = new List<HoldingView>(agent.HoldingCount);
        foreach (ref readonly var holding in agent.Holdings)
        {
            holdings.Add(new HoldingView(
                holding.Client.Framework.Profile.Id,
                holding.Client.Leaf.Role.Role,
                holding.Offered,
                holding.Used,
                holding.Offered.IsEmpty ? null : new DateTimeOffset(holding.OfferedSince, TimeSpan.Zero)));
        }

        return new AgentView(agent.Profile, agent.IsActive, agent.Version, agent.Free, [.. holdings
            .OrderBy(h => h.Framework).ThenBy(h => h.Role)]);
    }

    private ClientView View(ClientState client) => new(
        client.Framework.Profile.Id,
        client.Leaf.Role.Role,
        client.WantsOffers,
        ShareOf(client.Allocated),
        names.ToResources(client.Allocated),
        client.Count,
        client.Holdings);

    private RoleView View(RoleNode node) => new(
        node.Role,
        node.Weight,
        ShareOf(node.Allocated),
        names.ToResources(node.Allocated),
        names.ToResources(node.Consumed - node.Offered),
        names.ToResources(node.Offered),
        names.ToResources(node.Reserved),
        names.ToResources(node.Guarantee),
        LimitOf(node),
        names.ToResources(node.Slack),
        node.Members)
    {
        WantsOffers = node.Order.Count > 0,
    };

    private SortedDictionary<string, Scalar> LimitOf(RoleNode node)
    {
        var limits = new SortedDictionary<string, Scalar>(StringComparer.Ordinal);
        for (var number = 0; node.HasLimit && number < names.Count; number++)
        {
            if (node.Limit[number] != Quantities.Unlimited)
            {
                limits.Add(names.NameOf(number), new Scalar(node.Limit[number]));
            }
        }

        return limits;
    }
}
