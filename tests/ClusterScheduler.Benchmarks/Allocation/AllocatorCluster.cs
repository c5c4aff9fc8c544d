using System.Diagnostics;
using System.Globalization;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Benchmarks.Allocation;

/// <summary>
/// The clusters of Mesos' allocator benchmarks (src/tests/hierarchical_allocator_tests.cpp), and the handling
/// of offers around the part that is measured.
/// </summary>
internal sealed class AllocatorCluster
{
    public static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    // With each round an agent has one more filter to look past: 16 of them are there at most.
    private const int RoundsMost = 16;

    private static readonly ResourceSet Total = ResourceSet.Parse("cpus:24;mem:4096;disk:4096;ports:[31000-32000]");

    // 16 ranges with a gap of one port between them, as Mesos' fragment() makes them.
    private static readonly ResourceSet Used = ResourceSet.Parse($"cpus:16;mem:2014;disk:1024;ports:[{Fragments()}]");

    private AllocatorCluster(Allocator allocator) => Allocator = allocator;

    public Allocator Allocator { get; }

    public DateTimeOffset Now { get; private set; } = Start;

    public IReadOnlyList<OfferedResources> Offers { get; private set; } = [];

    public static AllocatorCluster WithFrameworks(int frameworks, string role = "*")
    {
        var cluster = new AllocatorCluster(new Allocator(AllocatorSettings.Default));
        for (var at = 0; at < frameworks; at++)
        {
            Must(cluster.Allocator.AddFramework(new FrameworkProfile(Framework(at), [RoleName.Parse(role)])));
        }

        return cluster;
    }

    public static AllocatorCluster Empty() => new(new Allocator(AllocatorSettings.Default));

    public static FrameworkId Framework(int at) =>
        new(string.Create(CultureInfo.InvariantCulture, $"framework-{at:D6}"));

    public static AgentId Agent(int at) => new(string.Create(CultureInfo.InvariantCulture, $"agent-{at:D6}"));

    public static void Must(object? refusal)
    {
        if (refusal is not null)
        {
            throw new InvalidOperationException(refusal.ToString());
        }
    }

    /// <summary>Agents of which two thirds of the cpus and fragmented ports are used by framework i mod F.</summary>
    public static IReadOnlyList<UsedAgent> PartlyUsedAgents(int agents, int frameworks, string role = "*") =>
    [
        .. Enumerable.Range(0, agents).Select(at => new UsedAgent(
            new AgentProfile(Agent(at), Total),
            [new AgentUse(Framework(at % frameworks), RoleName.Parse(role), Used)])),
    ];

    public void Add(IReadOnlyList<UsedAgent> agents)
    {
        foreach (var agent in agents)
        {
            Must(Allocator.AddAgent(agent.Profile, agent.Uses));
        }
    }

    public void AddPartlyUsedAgents(int agents, int frameworks, string role = "*") =>
        Add(PartlyUsedAgents(agents, frameworks, role));

    /// <summary>
    /// As above, with two dynamic reservations of 8 cpus with 12 and 11 labels on each agent, both used.
    /// </summary>
    public void AddLabelledAgents(int agents, int frameworks)
    {
        var role = RoleName.Parse("role1");
        for (var at = 0; at < agents; at++)
        {
            var labels = string.Join(',', Enumerable.Range(0, 11).Select(i => $"key{i}=value{i}"));
            var reserved = ResourceSet.Parse(
                $"cpus(+role1@p{{{labels},unique_key_1=value_{at}}}):8;cpus(+role1@p{{{labels}}}):8");
            var used = reserved + ResourceSet.Parse($"mem:2014;disk:1024;ports:[{Fragments()}]");
            var total = reserved + ResourceSet.Parse("cpus:8;mem:4096;disk:4096;ports:[31000-32000]");
            Must(Allocator.AddAgent(
                new AgentProfile(Agent(at), total), [new AgentUse(Framework(at % frameworks), role, used)]));
        }
    }

    public void AddAgents(int agents, ResourceSet total)
    {
        for (var at = 0; at < agents; at++)
        {
            Must(Allocator.AddAgent(new AgentProfile(Agent(at), total), []));
        }
    }

    /// <summary>Agents of which no two have the same.</summary>
    public void AddDifferingAgents(int agents)
    {
        var ports = ResourceSet.Parse("ports:[31000-32000]");
        for (var at = 0; at < agents; at++)
        {
            // The factors shuffle: none of the three grows with the order of agents, or with another.
            var scalars = ResourceSet.Of(
                Scalar.Of(1 + (at * 7919L % 32)), Scalar.Of(1024 + (at * 104729L % 65536)), Scalar.Of(1024 + at));
            Must(Allocator.AddAgent(new AgentProfile(Agent(at), scalars + ports), []));
        }
    }

    /// <summary>One round a second later; its duration.</summary>
    public TimeSpan Allocate()
    {
        Now += TimeSpan.FromSeconds(1);
        var begin = Stopwatch.GetTimestamp();
        Offers = Allocator.Allocate(Now);
        return Stopwatch.GetElapsedTime(begin);
    }

    /// <summary>Declines every offer for ever; the time it took.</summary>
    public TimeSpan DeclineAll()
    {
        var begin = Stopwatch.GetTimestamp();
        foreach (var offer in Offers)
        {
            Must(Allocator.RecoverOffered(
                offer.Framework, offer.Role, offer.Agent, offer.Resources, FilterDuration.Most, Now));
        }

        Offers = [];
        return Stopwatch.GetElapsedTime(begin);
    }

    /// <summary>
    /// Every agent is offered to every framework of the role * and declined for ever. Few frameworks at a time want
    /// offers, the others are suppressed: each offer looks past those who have declined the agent, and that would be
    /// the square of their number.
    /// </summary>
    public void DeclineEverything(int frameworks)
    {
        for (var at = 0; at < frameworks; at++)
        {
            Must(Allocator.Suppress(Framework(at)));
        }

        foreach (var group in Enumerable.Range(0, frameworks).Chunk(RoundsMost))
        {
            Unsuppress(group);
            for (Allocate(); Offers.Count > 0; Allocate())
            {
                DeclineAll();
            }

            foreach (var at in group)
            {
                Must(Allocator.Suppress(Framework(at)));
            }
        }

        Unsuppress(Enumerable.Range(0, frameworks));
        Allocate();
        if (Offers.Count > 0)
        {
            throw new InvalidOperationException($"{Offers.Count} offers of what everyone declined.");
        }
    }

    /// <summary>
    /// After <see cref="RoundsMost"/> rounds, or when every framework has declined every agent and there is nothing to
    /// offer, all of them revive, and what they are offered then is declined once.
    /// </summary>
    /// <param name="frameworks">How many there are; at least two.</param>
    /// <param name="declined">In how many rounds each agent was declined.</param>
    /// <returns>In how many it was by now.</returns>
    public int ReviveWhenSpent(int frameworks, int declined)
    {
        if (declined < Math.Min(frameworks, RoundsMost))
        {
            return declined;
        }

        for (var at = 0; at < frameworks; at++)
        {
            Must(Allocator.Revive(Framework(at)));
        }

        Allocate();
        DeclineAll();
        return 1;
    }

    // An update leaves filters as they are, where REVIVE forgets them.
    private void Unsuppress(IEnumerable<int> frameworks)
    {
        foreach (var at in frameworks)
        {
            Must(Allocator.UpdateFramework(new FrameworkProfile(Framework(at), [RoleName.Any])));
        }
    }

    /// <summary>An agent as it is added, made before anything is measured.</summary>
    internal sealed record UsedAgent(AgentProfile Profile, AgentUse[] Uses);

    private static string Fragments() => string.Join(',', Enumerable.Range(0, 16)
        .Select(i => (Begin: 31000 + (i * 62), End: 31000 + (i * 62) + 60))
        .Select(range => string.Create(CultureInfo.InvariantCulture, $"{range.Begin}-{range.End}")));
}
