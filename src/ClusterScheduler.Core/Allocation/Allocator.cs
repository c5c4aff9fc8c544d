using System.Diagnostics.CodeAnalysis;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Allocation;

/// <summary>
/// Decides which framework is offered which resources of which agent: Mesos' hierarchical fair sharing (1.9 and
/// later),
/// with quota on every level of the role tree. Facts go in, offers come out of <see cref="Allocate"/>.
/// <para>
/// Mutable, with one owner, not thread-safe; no I/O, no clock, no randomness but the seed of the settings. The
/// same calls
/// give the same offers. Every call either does all that it says and returns null, or changes nothing and returns a
/// refusal. docs/allocator.md has the rules, where they differ from Mesos, and what each call costs.
/// </para>
/// </summary>
public sealed partial class Allocator
{
    private readonly Dictionary<FrameworkId, FrameworkState> frameworks = [];
    private readonly Dictionary<int, ClientState> clientsByFilter = [];
    private readonly ScalarNames names = new();
    private readonly AgentTable agents = new();
    private readonly ExpiryHeap expiries = new();
    private readonly DirtySet dirty = new();
    private readonly ShareScale scale;
    private readonly RoleTree tree;
    private readonly LeastOffer minimum;
    private readonly Func<int, bool> isLiveFilter;
    private Quantities total;
    private Quantities lent;
    private Quantities available;
    private int lastFilterNumber;

    /// <summary>An allocator that knows no agent and no framework.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range; it is named.</exception>
    public Allocator(AllocatorSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.FirstOutOfRange() is { } wrong)
        {
            throw new ArgumentOutOfRangeException(wrong, "a setting of the allocator is out of its range");
        }

        Settings = settings;
        scale = new ShareScale(settings.ExcludedFromFairness);
        tree = new RoleTree(scale);
        part = new RolePart(names);
        minimum = new LeastOffer(settings.MinAllocatable);
        isLiveFilter = clientsByFilter.ContainsKey;
        tree.InvalidateShares();
    }

    /// <summary>What it was made with.</summary>
    public AllocatorSettings Settings { get; }

    /// <summary>Number of agents, active or not.</summary>
    public int AgentCount => agents.Count;

    /// <summary>Number of frameworks, active or not.</summary>
    public int FrameworkCount => frameworks.Count;

    /// <summary>Whether a round now could make offers; without that <see cref="Allocate"/> returns at once.</summary>
    public bool HasWork => !dirty.IsEmpty;

    /// <summary>
    /// The earliest instant at which something changes by itself (a filter ends); null when nothing will.
    /// </summary>
    public DateTimeOffset? NextChange =>
        expiries.Next == long.MaxValue ? null : new DateTimeOffset(expiries.Next, TimeSpan.Zero);

    private static AllocatorRefusal? Refuse(
        AllocatorFault fault, AgentId? agent = null, FrameworkId? framework = null, RoleName? role = null) =>
        new(fault, agent, framework, role);

    private bool TryFindClient(
        FrameworkId framework,
        RoleName role,
        [NotNullWhen(true)] out ClientState? client,
        [NotNullWhen(false)] out AllocatorRefusal? refusal)
    {
        client = null;
        refusal = !frameworks.TryGetValue(framework, out var state)
            ? Refuse(AllocatorFault.UnknownFramework, framework: framework)
            : !state.Clients.TryGetValue(role, out client)
                ? Refuse(AllocatorFault.NotSubscribed, framework: framework, role: role)
                : null;
        return client is not null;
    }

    private bool TryFindHolding(
        FrameworkId framework,
        RoleName role,
        AgentId id,
        in ResourceSet amounts,
        [NotNullWhen(true)] out AgentState? agent,
        [NotNullWhen(true)] out ClientState? client,
        [NotNullWhen(false)] out AllocatorRefusal? refusal)
    {
        agent = null;
        if (!TryFindClient(framework, role, out client, out refusal))
        {
            return false;
        }

        agent = agents.Find(id);
        refusal = agent is null ? Refuse(AllocatorFault.UnknownAgent, id, framework, role)
            : amounts.AnyNegative ? Refuse(AllocatorFault.NegativeAmount, id, framework, role)
            : null;
        return refusal is null;
    }

    private int NewFilterNumber()
    {
        if (lastFilterNumber == int.MaxValue)
        {
            RestartFilterNumbers();
        }

        return ++lastFilterNumber;
    }

    // After two thousand million REVIVEs every filter is forgotten once: a few needless offers.
    private void RestartFilterNumbers()
    {
        foreach (var agent in agents.InOrder())
        {
            agent.Filters = null;
            expiries.Set(agent, long.MaxValue);
        }

        var clients = clientsByFilter.OrderBy(entry => entry.Key).Select(entry => entry.Value).ToArray();
        clientsByFilter.Clear();
        lastFilterNumber = 0;
        foreach (var client in clients)
        {
            client.FilterNumber = ++lastFilterNumber;
            clientsByFilter.Add(client.FilterNumber, client);
        }

        dirty.MarkAll();
    }
}
