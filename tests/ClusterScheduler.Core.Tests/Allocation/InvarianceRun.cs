using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Tests.Allocation;

/// <summary>What about a history may be another way without anybody being offered something else.</summary>
/// <param name="Names">What agents, frameworks and roles are called.</param>
/// <param name="Order">Shuffles what comes in any order; null for the order in which it was drawn.</param>
/// <param name="IsSplit">Whether what is said in one call is said in several.</param>
internal sealed record InvarianceWay(HistoryNames Names, Random? Order = null, bool IsSplit = false);

/// <summary>What histories are like.</summary>
internal enum InvarianceKind
{
    /// <summary>Amounts are round, so that shares often tie.</summary>
    Even,

    /// <summary>No two amounts are alike, and everybody holds something from the start: no share ties.</summary>
    Uneven,

    /// <summary>Roles and frameworks are asked in random order.</summary>
    Random,
}

/// <summary>
/// A random history of a small cluster: frameworks in several roles, weights, reservations, quota on two levels; offers
/// that are accepted, in part or not at all, declined for different times, or kept for later. What is drawn depends on
/// the seed and on what was offered only.
/// </summary>
internal sealed class InvarianceRun
{
    private const int Rounds = 7;

    private static readonly string[] Roles = ["q", "q/s", "q/t", "r", "r/s/t", "s"];

    private static readonly TimeSpan[] Filters =
        [.. new[] { 0, 0.2, 3, 8, 31536000 }.Select(TimeSpan.FromSeconds)];

    private readonly Random random;
    private readonly InvarianceKind kind;
    private readonly InvarianceWay way;
    private readonly Allocator allocator;
    private readonly List<(FrameworkId Id, RoleName[] Roles)> frameworks = [];
    private readonly List<OfferedResources> open = [];
    private readonly List<OfferedResources> used = [];
    private DateTimeOffset now = DateTimeOffset.UnixEpoch;

    private InvarianceRun(int seed, InvarianceKind kind, InvarianceWay way)
    {
        (random, this.kind, this.way) = (new Random(seed), kind, way);
        var sorter = kind == InvarianceKind.Random ? Sorter.WeightedRandom : Sorter.Drf;
        allocator = new Allocator(new AllocatorSettings { RoleSorter = sorter, FrameworkSorter = sorter });
    }

    /// <summary>All offers, with the names of the seed.</summary>
    public static List<string> Offers(int seed, InvarianceKind kind, InvarianceWay way)
    {
        var run = new InvarianceRun(seed, kind, way);
        run.CallInAnyOrder([.. run.NewFrameworks(), .. run.NewAgents(), run.NewQuota(), .. run.NewWeights()]);
        if (kind == InvarianceKind.Uneven)
        {
            run.GiveEverybodySomething();
        }

        var lines = new List<string>();
        for (var round = 0; round < Rounds; round++)
        {
            run.now += TimeSpan.FromSeconds(run.random.Next(6));
            var offers = run.allocator.Allocate(run.now);
            lines.AddRange(offers.Select(offer => $"{round}: {way.Names.Original(offer)}"));
            run.open.AddRange(offers);
            run.CallInAnyOrder([.. run.Ends(), .. run.Answers()]);
            run.Change();
        }

        return lines;
    }

    private T[] InAnyOrder<T>(T[] items) =>
        way.Order is { } order ? [.. items.OrderBy(_ => order.Next())] : items;

    private void CallInAnyOrder(Action[] calls)
    {
        foreach (var call in InAnyOrder(calls))
        {
            call();
        }
    }

    private List<Action> NewFrameworks()
    {
        var calls = new List<Action>();
        for (var at = 0; at < 2 + random.Next(5); at++)
        {
            RoleName[] roles = [.. Roles.OrderBy(_ => random.Next()).Take(1 + random.Next(3)).Select(Role)];
            var profile = new FrameworkProfile(new FrameworkId(way.Names.Of($"f{at}")), roles)
            {
                Capabilities = (roles.Length > 1 ? FrameworkCapabilities.MultiRole : 0)
                    | (random.Next(2) == 0 ? FrameworkCapabilities.ReservationRefinement : 0)
                    | (random.Next(2) == 0 ? FrameworkCapabilities.RevocableResources : 0),
            };
            frameworks.Add((profile.Id, roles));
            calls.Add(() => Assert.Null(allocator.AddFramework(profile)));
        }

        return calls;
    }

    private List<Action> NewAgents()
    {
        var calls = new List<Action>();
        for (var at = 0; at < 1 + random.Next(8); at++)
        {
            var total = ResourceSet.Parse(
                $"cpus:{Some(8)};mem:{Some(16, of: 64)};ports:[1-{1 + random.Next(9)}]{More()}");
            var profile = new AgentProfile(new AgentId(way.Names.Of($"a{at}")), total);
            calls.Add(() => Assert.Null(allocator.AddAgent(profile, [])));
        }

        return calls;
    }

    private string More() => random.Next(8) switch
    {
        0 => $";cpus({Role(Roles[random.Next(Roles.Length)])}):{Some(3)}",
        1 => $";mem(+{Role(Roles[random.Next(Roles.Length)])}):{Some(1, of: 128)}",
        2 => $";cpus({Role("q")},+{Role("q/s")}):{Some(2)};cpus({Role("q")}):{Some(1)}",
        3 => $";cpus{{REV}}:{Some(2)}",
        4 => $";disk[source=MOUNT,root=/m]:{Some(1, of: 20)};licence:{Some(2)}",
        _ => "",
    };

    // One to most, times a unit; a part of it more where no amounts may be alike.
    private Scalar Some(int most, int of = 1) => new(
        (1 + random.Next(most)) * of * Scalar.One
        + (kind == InvarianceKind.Uneven ? random.NextInt64(of * Scalar.One / 2) : 0));

    private void GiveEverybodySomething()
    {
        AgentUse[] uses =
        [
            .. frameworks.SelectMany(framework => framework.Roles.Select(role => new AgentUse(
                framework.Id, role, ResourceSet.Parse($"seat:{1 + random.Next(1_000_000)}")))),
        ];
        var total = uses.Aggregate(ResourceSet.Empty, (sum, use) => sum + use.Resources);
        Assert.Null(allocator.AddAgent(new AgentProfile(new AgentId(way.Names.Of("a9")), total), uses));
    }

    private Action[] NewWeights() =>
    [
        .. Roles.Where(_ => random.Next(3) == 0).Select(role => (Role: Role(role), Weight: 1 + random.Next(3)))
            .Select(drawn => (Action)(() => Assert.Null(allocator.SetWeight(drawn.Role, drawn.Weight)))),
    ];

    /// <summary>Quota of a role, of one below it, and of another; each perhaps none. It replaces what was before.
    /// </summary>
    private Action NewQuota()
    {
        var (guarantee, limit) = (Some(6), Some(6) + Some(6));
        limit = guarantee > limit ? guarantee : limit;
        var mem = Some(20, of: 64);
        var below = random.Next(3) == 0 ? "" : $"cpus:{Part(limit)}";
        RoleQuota[] drawn =
        [
            Quota("q", $"cpus:{guarantee};mem:{Part(mem)}", $"cpus:{limit};disk:30"),
            Quota("q/s", $"cpus:{Part(guarantee)}", below),
            Quota("r", random.Next(2) == 0 ? "" : $"mem:{Part(mem)}", $"mem:{mem};licence:{Some(1)}"),
        ];
        RoleQuota[] changes =
            [.. drawn.Select(change => random.Next(4) == 0 ? change with { Quota = Core.Quotas.Quota.None } : change)];
        return () => SetQuota(changes);
    }

    private static Scalar Part(Scalar whole) => new(whole.Thousandths * 5 / 9);

    // One by one, the others as they are, not every change would fit: what there was goes first, from below.
    private void SetQuota(RoleQuota[] changes)
    {
        if (!way.IsSplit)
        {
            Assert.Null(allocator.SetQuota(InAnyOrder(changes), force: true));
            return;
        }

        RoleQuota[] none = [.. changes.Select(change => change with { Quota = Core.Quotas.Quota.None })];
        foreach (var change in none.Reverse().Concat(changes))
        {
            Assert.Null(allocator.SetQuota([change], force: true));
        }
    }

    private List<Action> Answers()
    {
        var calls = new List<Action>();
        foreach (var offer in open.ToArray())
        {
            var (choice, filter) = (random.Next(5), Filters[random.Next(Filters.Length)]);
            if (choice == 0)
            {
                continue;
            }

            open.Remove(offer);
            var accepted = choice switch
            {
                1 => offer.Resources,
                2 => ResourceSet.Of(offer.Resources.Items.Take(1)),
                _ => ResourceSet.Empty,
            };
            if (!accepted.IsEmpty)
            {
                used.Add(offer with { Resources = accepted });
            }

            calls.Add(() => Answer(offer, accepted, filter));
        }

        return calls;
    }

    // A decline with a filter is one call: in two, each part would have a filter of its own, which refuses that part.
    private void Answer(OfferedResources offer, ResourceSet accepted, TimeSpan filter)
    {
        var (framework, role, agent, resources, _) = offer;
        foreach (var part in Parts(accepted))
        {
            Assert.Null(allocator.Consume(framework, role, agent, part, now));
        }

        var rest = resources - accepted;
        foreach (var part in filter == TimeSpan.Zero ? Parts(rest) : [rest])
        {
            Assert.Null(allocator.RecoverOffered(framework, role, agent, part, filter, now));
        }
    }

    private List<Action> Ends()
    {
        var calls = new List<Action>();
        foreach (var task in used.Where(_ => random.Next(4) == 0).ToArray())
        {
            used.Remove(task);
            var (framework, role, agent, resources, _) = task;
            calls.Add(() =>
            {
                foreach (var part in Parts(resources))
                {
                    Assert.Null(allocator.RecoverUsed(framework, role, agent, part));
                }
            });
        }

        return calls;
    }

    // What an operator or a framework changes between two rounds.
    private void Change()
    {
        var (framework, roles) = frameworks[random.Next(frameworks.Count)];
        switch (random.Next(6))
        {
            case 0:
                CallInAnyOrder(NewWeights());
                break;
            case 1:
                NewQuota()();
                break;
            case 2:
                ForRoles(roles, some => allocator.Suppress(framework, some));
                break;
            case 3:
                ForRoles(roles, some => allocator.Revive(framework, some));
                break;
            default:
                break;
        }
    }

    private void ForRoles(RoleName[] roles, Func<RoleName[], AllocatorRefusal?> call)
    {
        foreach (var some in way.IsSplit ? roles.Select(role => new[] { role }) : [roles])
        {
            Assert.Null(call(some));
        }
    }

    // Item by item, and of each scalar first a half.
    private IEnumerable<ResourceSet> Parts(ResourceSet whole)
    {
        if (!way.IsSplit)
        {
            return whole.IsEmpty ? [] : [whole];
        }

        return whole.Items.SelectMany(item =>
        {
            var half = ResourceSet.Of(item with { Amount = new Scalar(item.Amount.Thousandths / 2) });
            return item.Key is { Kind: ResourceKind.Scalar, IsExclusive: false } && !half.IsEmpty
                ? new[] { half, ResourceSet.Of(item) - half }
                : [ResourceSet.Of(item)];
        });
    }

    private RoleName Role(string role) => RoleName.Parse(way.Names.OfRole(role));

    private RoleQuota Quota(string role, string guarantees, string limits) =>
        new(Role(role), Core.Quotas.Quota.Parse(guarantees, limits));
}
