using System.Diagnostics;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Benchmarks.Allocation;

/// <summary>
/// Mesos' allocator workloads. Each returns one figure a round; the first rounds warm up and are dropped: a few, and
/// as many as come in the time that the runtime needs to compile what is hot once more, optimized.
/// </summary>
internal static class AllocatorWorkloads
{
    /// <summary>Of <see cref="OneChange"/>: somebody must be left who has declined nothing.</summary>
    public const int OneChangeFrameworksLeast = SteadyRounds + 1;

    /// <summary>The tasks of <see cref="Memory"/> that fit on one agent.</summary>
    public const int AllocationsOfAgentMost = 24;

    private const int SteadyRounds = 5;
    private const int WarmUps = 3;
    private const int Rounds = 7;
    private static readonly TimeSpan WarmUpTime = TimeSpan.FromSeconds(2);

    /// <summary>Every offer declined for ever, the next round timed. Milliseconds.</summary>
    public static double Decline(int agents, int frameworks) => DeclineRounds(agents, frameworks).Round;

    /// <summary>As <see cref="Decline"/>, all frameworks in a role of this depth. Milliseconds.</summary>
    public static double Depth(int agents, int frameworks, int depth) =>
        DeclineRounds(agents, frameworks, string.Join('/', Enumerable.Range(1, depth).Select(at => $"r{at}"))).Round;

    /// <summary>Why a framework gets nothing, where everything is offered and much is filtered. Milliseconds.</summary>
    public static double Why(int agents, int frameworks)
    {
        var cluster = AllocatorCluster.WithFrameworks(frameworks);
        cluster.AddPartlyUsedAgents(agents, frameworks);
        for (var round = 0; round < 10; round++)
        {
            cluster.Allocate();
            cluster.DeclineAll();
        }

        var demand = ResourceSet.Parse("cpus:64;mem:64000");
        return Median(Rounds, () =>
        {
            var begin = Stopwatch.GetTimestamp();
            _ = cluster.Allocator.Why(AllocatorCluster.Framework(0), RoleName.Any, demand, cluster.Now);
            return Stopwatch.GetElapsedTime(begin);
        });
    }

    /// <summary>Why a role that every framework is in has what it has, when all is offered. Milliseconds.</summary>
    public static double WhyRole(int agents, int frameworks)
    {
        var role = RoleName.Parse("eng");
        var cluster = AllocatorCluster.WithFrameworks(frameworks, role.Value);
        cluster.AddPartlyUsedAgents(agents, frameworks, role.Value);
        cluster.Allocate();
        return Median(Rounds, () =>
        {
            var begin = Stopwatch.GetTimestamp();
            var answer = cluster.Allocator.WhyRole(role);
            var elapsed = Stopwatch.GetElapsedTime(begin);
            return answer!.FrameworkCount == frameworks
                ? elapsed
                : throw new InvalidOperationException($"{answer.FrameworkCount} of {frameworks} frameworks are told.");
        });
    }

    /// <summary>
    /// The same of many demands at once, where no two agents have the same free and everything was declined.
    /// Milliseconds.
    /// </summary>
    /// <param name="isCut">Whether a limit, and a guarantee of another role, leave less than is free.</param>
    public static double WhyDemands(int agents, int frameworks, bool isCut)
    {
        var role = RoleName.Parse("eng");
        var cluster = AllocatorCluster.WithFrameworks(frameworks, role.Value);
        cluster.AddDifferingAgents(agents);
        cluster.Allocate();
        cluster.DeclineAll();
        if (isCut)
        {
            var most = cluster.Allocator.Capacity.Cpus - Scalar.Of(12);
            AllocatorCluster.Must(cluster.Allocator.SetQuota(
                [
                    new RoleQuota(RoleName.Parse("guaranteed"), Core.Quotas.Quota.Parse($"cpus:{most}", "")),
                    new RoleQuota(role, Core.Quotas.Quota.Parse("", "cpus:24;mem:32000")),
                ],
                force: true));
        }

        ResourceSet[] demands =
        [
            .. Enumerable.Range(1, 100).Select(at => ResourceSet.Of(
                Scalar.Of(at / 2), Scalar.Of(at * 300), Scalar.Of(at * 100))),
        ];
        return Median(Rounds, () =>
        {
            var begin = Stopwatch.GetTimestamp();
            _ = cluster.Allocator.WhyEach(AllocatorCluster.Framework(0), role, demands, cluster.Now);
            return Stopwatch.GetElapsedTime(begin);
        });
    }

    /// <summary>The declines of one round. Milliseconds.</summary>
    public static double TakeBack(int agents, int frameworks) => DeclineRounds(agents, frameworks).TakeBack;

    /// <summary>Everything filtered by everyone, nothing changed. Milliseconds.</summary>
    public static double EmptyRound(int agents, int frameworks)
    {
        var cluster = AllocatorCluster.WithFrameworks(frameworks);
        cluster.AddPartlyUsedAgents(agents, frameworks);
        cluster.DeclineEverything(frameworks);
        return Median(Rounds, () => cluster.Allocate());
    }

    /// <summary>Adding partly used agents, with the round that offers what is left of them. Milliseconds.</summary>
    public static double Add(int agents, int frameworks)
    {
        var known = AllocatorCluster.PartlyUsedAgents(agents, frameworks);
        return Median(Rounds, () =>
        {
            var cluster = AllocatorCluster.WithFrameworks(frameworks);
            var begin = Stopwatch.GetTimestamp();
            cluster.Add(known);
            cluster.Allocate();
            return Stopwatch.GetElapsedTime(begin);
        });
    }

    /// <summary>
    /// A new total with revocable cpus for each of these agents, and the round after. Milliseconds.
    /// </summary>
    public static double Update(int agents, int frameworks)
    {
        var known = AllocatorCluster.PartlyUsedAgents(agents, frameworks);
        var total = ResourceSet.Parse("cpus:24;cpus{REV}:10;mem:4096;disk:4096;ports:[31000-32000]");
        var grown = known.Select(agent => new AgentProfile(agent.Profile.Id, total)).ToArray();
        return Median(Rounds, () =>
        {
            var cluster = AllocatorCluster.Empty();
            for (var at = 0; at < frameworks; at++)
            {
                var profile = new FrameworkProfile(AllocatorCluster.Framework(at), [RoleName.Any])
                {
                    Capabilities = FrameworkCapabilities.RevocableResources,
                };
                AllocatorCluster.Must(cluster.Allocator.AddFramework(profile));
            }

            cluster.Add(known);
            cluster.Allocate();
            var begin = Stopwatch.GetTimestamp();
            foreach (var profile in grown)
            {
                AllocatorCluster.Must(cluster.Allocator.UpdateAgent(profile));
            }

            cluster.Allocate();
            return Stopwatch.GetElapsedTime(begin);
        });
    }

    /// <summary>
    /// One REVIVE a framework, each followed by a round, while all is offered. Milliseconds for all.
    /// </summary>
    public static double Revive(int agents, int frameworks)
    {
        var cluster = AllocatorCluster.WithFrameworks(frameworks);
        cluster.AddAgents(agents, ResourceSet.Parse("cpus:24;mem:4096;disk:4096;ports:[31000-32000]"));
        cluster.Allocate();
        return Median(Rounds, () =>
        {
            var begin = Stopwatch.GetTimestamp();
            for (var at = 0; at < frameworks; at++)
            {
                AllocatorCluster.Must(cluster.Allocator.Revive(AllocatorCluster.Framework(at)));
                cluster.Allocate();
            }

            return Stopwatch.GetElapsedTime(begin);
        });
    }

    /// <summary>
    /// Small and large quota roles, a framework each: adding the frameworks, first round, second round.
    /// </summary>
    public static (double Add, double First, double Empty, int Offers) Quota(int small, int large)
    {
        var (adds, firsts, empties) = (new List<double>(), new List<double>(), new List<double>());
        FrameworkProfile[] profiles = [.. QuotaFrameworks("small", small), .. QuotaFrameworks("large", large)];
        var offers = 0;
        WarmUpThen(() =>
        {
            var cluster = AllocatorCluster.Empty();
            cluster.AddAgents((small / 5) + (large * 5), ResourceSet.Parse("cpus:2;mem:2048;disk:2048"));
            var begin = Stopwatch.GetTimestamp();
            foreach (var profile in profiles)
            {
                AllocatorCluster.Must(cluster.Allocator.AddFramework(profile));
            }

            adds.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
            SetQuotas(cluster.Allocator, "small", small, "cpus:1;mem:1024;disk:1024");
            SetQuotas(cluster.Allocator, "large", large, "cpus:4;mem:4096;disk:4096");
            firsts.Add(cluster.Allocate().TotalMilliseconds);
            offers = cluster.Offers.Count;
            empties.Add(cluster.Allocate().TotalMilliseconds);
        });

        return (Middle(adds), Middle(firsts), Middle(empties), offers);
    }

    /// <summary>As <see cref="Decline"/>, with labelled dynamic reservations. Milliseconds.</summary>
    public static double Labels(int agents, int frameworks)
    {
        var cluster = AllocatorCluster.WithFrameworks(frameworks, "role1");
        cluster.AddLabelledAgents(agents, frameworks);
        return DeclineRounds(cluster, agents, frameworks).Round;
    }

    /// <summary>One task ends on one agent of a steady cluster: until its offer is there. Microseconds.</summary>
    public static double OneChange(int agents, int frameworks)
    {
        var cluster = AllocatorCluster.WithFrameworks(frameworks);
        cluster.AddPartlyUsedAgents(agents, frameworks);
        for (var round = 0; round < SteadyRounds; round++)
        {
            cluster.Allocate();
            cluster.DeclineAll();
        }

        cluster.Allocate();
        var task = ResourceSet.Parse("cpus:1;mem:64");
        var at = 0;
        var holders = Enumerable.Range(0, agents)
            .Select(agent => AllocatorCluster.Framework(agent % frameworks)).ToArray();
        return 1000 * Median(400, () =>
        {
            at = (at + 7) % agents;
            var framework = holders[at];
            var begin = Stopwatch.GetTimestamp();
            AllocatorCluster.Must(
                cluster.Allocator.RecoverUsed(framework, RoleName.Any, AllocatorCluster.Agent(at), task));
            cluster.Allocate();
            var elapsed = Stopwatch.GetElapsedTime(begin);
            var offer = cluster.Offers.Single();
            AllocatorCluster.Must(cluster.Allocator.Consume(
                offer.Framework, offer.Role, offer.Agent, offer.Resources, cluster.Now));
            holders[at] = offer.Framework;
            return elapsed;
        });
    }

    /// <summary>What the allocator keeps for agents, frameworks and allocations. Megabytes.</summary>
    public static double Memory(int agents, int frameworks, int allocations)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var cluster = AllocatorCluster.WithFrameworks(frameworks);
        var task = ResourceSet.Parse("cpus:1;mem:128");
        for (var (at, next) = (0, 0); at < agents; at++)
        {
            var each = (allocations / agents) + (at < allocations % agents ? 1 : 0);
            var uses = Enumerable.Range(next, each).Select(i => new AgentUse(
                AllocatorCluster.Framework(i % frameworks), RoleName.Any, task)).ToArray();
            next += each;
            var total = ResourceSet.Parse("cpus:24;mem:4096;disk:4096;ports:[31000-32000]");
            AllocatorCluster.Must(
                cluster.Allocator.AddAgent(new AgentProfile(AllocatorCluster.Agent(at), total), uses));
        }

        cluster.Allocate();
        cluster.DeclineAll();
        var after = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(cluster);
        return (after - before) / 1e6;
    }

    private static (double Round, double TakeBack) DeclineRounds(int agents, int frameworks, string role = "*")
    {
        var cluster = AllocatorCluster.WithFrameworks(frameworks, role);
        cluster.AddPartlyUsedAgents(agents, frameworks, role);
        return DeclineRounds(cluster, agents, frameworks);
    }

    // An agent is offered to every framework once: then all revive, outside of what is measured.
    private static (double Round, double TakeBack) DeclineRounds(AllocatorCluster cluster, int agents, int frameworks)
    {
        cluster.Allocate();
        var (rounds, takeBacks) = (new List<double>(), new List<double>());
        var declined = 0;
        WarmUpThen(() =>
        {
            takeBacks.Add(cluster.DeclineAll().TotalMilliseconds);
            declined = cluster.ReviveWhenSpent(frameworks, declined + 1);
            rounds.Add(cluster.Allocate().TotalMilliseconds);
            if (cluster.Offers.Count != agents)
            {
                throw new InvalidOperationException($"{cluster.Offers.Count} offers of {agents} agents.");
            }
        });

        return (Middle(rounds), Middle(takeBacks));
    }

    private static IEnumerable<FrameworkProfile> QuotaFrameworks(string kind, int count) =>
        Enumerable.Range(0, count).Select(at =>
            new FrameworkProfile(new FrameworkId($"framework_{kind}_{at}"), [Role(kind, at)]));

    private static void SetQuotas(Allocator allocator, string kind, int count, string amounts)
    {
        var quota = Core.Quotas.Quota.Parse(amounts, amounts);
        var changes = Enumerable.Range(0, count).Select(at => new RoleQuota(Role(kind, at), quota)).ToArray();
        AllocatorCluster.Must(allocator.SetQuota(changes, force: true));
    }

    private static RoleName Role(string kind, int at) => RoleName.Parse($"{kind}QuotaRole{at}");

    private static double Median(int rounds, Func<TimeSpan> measure)
    {
        var figures = new List<double>();
        WarmUpThen(() => figures.Add(measure().TotalMilliseconds), rounds);
        return Middle(figures, rounds);
    }

    private static void WarmUpThen(Action round, int rounds = Rounds)
    {
        var begin = Stopwatch.GetTimestamp();
        for (var at = 0; at < WarmUps || Stopwatch.GetElapsedTime(begin) < WarmUpTime; at++)
        {
            round();
        }

        for (var at = 0; at < rounds; at++)
        {
            round();
        }
    }

    private static double Middle(List<double> figures, int rounds = Rounds)
    {
        var counted = figures.TakeLast(rounds).Order().ToArray();
        return counted[counted.Length / 2];
    }
}
