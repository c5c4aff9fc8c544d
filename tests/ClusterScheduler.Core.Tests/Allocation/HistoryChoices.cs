using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Tests.Allocation;

/// <summary>What random histories choose from: few values, so that they meet, and every rule among them.</summary>
internal static class HistoryChoices
{
    public static readonly RoleName[] Roles =
        [.. new[] { "*", "a", "b", "a/x", "a/y", "a/x/z", "b/q" }.Select(RoleName.Parse)];

    public static readonly ResourceSet[] Totals = [.. new[]
    {
        "cpus:4;mem:1024",
        "cpus:4;mem:1024",
        "cpus:2;mem:4096;disk:100;ports:[1-20]",
        "cpus:8;mem:512;licence:3",
        "cpus:2;cpus(a):2;mem:512;mem(a/x):256",
        "cpus:4;gpus:2;mem:1024",
        "cpus:1;cpus{REV}:4;mem:256;mem{REV}:512",
        "cpus:2;mem:512;disk(b)[id=v,path=p]<SHARED>:50;disk[source=MOUNT,root=/m]:30",
        "cpus(a,+a/x):2;cpus(+b@p{k=1}):1;cpus(+b@p{k=2}):1;mem:512",
        "mem:16",
        "cpus:4;mem:512;disk(a)[id=w,path=p]<SHARED>:50",
        "cpus:6;mem:800;disk(a)[id=w,path=p]<SHARED>:50",
        "cpus:4;mem:512;disk(a)[id=w,path=p]<SHARED>:50;disk(b)[id=v,path=p]<SHARED>:50",
        "cpus:2;mem:512;disk(a):50;disk:20",
        "cpus:2;cpus(a){REV}:2;mem:512",
        "cpus:2;mem:256;ports:[1-20];z:{p,q,r}",
        "cpus:3;mem:512;ports:[1-9];ports(a):[10-20];z(+b):{p,q};disk(+a):40",
    }.Select(ResourceSet.Parse)];

    // With what is not counted everywhere at most one more: in what order distances add up is not told.
    public static readonly ResourceSet[] Demands = [.. new[]
    {
        "", "cpus:1", "cpus:3;mem:700", "cpus:2;mem:300;disk:60", "licence:2;cpus:2", "ports:[3-5]", "cpus:1;odd:2",
        "mem:100;ports:[18-22]", "cpus:5;gpus:1",
    }.Select(ResourceSet.Parse)];

    private static readonly FrameworkCapabilities[] Capabilities =
    [
        FrameworkCapabilities.None,
        FrameworkCapabilities.SharedResources,
        FrameworkCapabilities.RevocableResources,
        FrameworkCapabilities.GpuResources | FrameworkCapabilities.SharedResources,
        FrameworkCapabilities.SharedResources | FrameworkCapabilities.RegionAware,
        FrameworkCapabilities.ReservationRefinement | FrameworkCapabilities.RevocableResources,
    ];

    private static readonly MinAllocatable[] Minimums =
        [MinAllocatable.Anything, new([ResourceSet.Parse("cpus:3"), ResourceSet.Parse("mem:600")])];

    private static readonly OfferConstraints[] Wanted = [.. new[]
    {
        "rack/TextMatches/r[12]",
        "rack/Exists&Region/TextNotEquals/far|Hostname/TextEquals/g",
        "rack/TextNotMatches/r[0-2]",
        "Zone/NotExists&rack/TextEquals/r3|Zone/TextEquals/z",
        "rack/TextNotEquals/r1&Hostname/TextMatches/h.*",
        "rack/TextMatches/|Zone/Exists",
    }.Select(Scenario.Wants), new OfferConstraints([])];

    private static readonly RoleQuota[][] QuotaChanges =
    [
        [Quota("a", "cpus:4;mem:512", "cpus:4;mem:512")],
        [Quota("a", "cpus:4", "cpus:6"), Quota("a/x", "cpus:2", "cpus:3")],
        [Quota("a/x", "cpus:1", "")],
        [Quota("b", "", "cpus:1;mem:700")],
        [Quota("a", "", "cpus:3"), Quota("a/y", "", "cpus:1")],
        [Quota("b", "mem:256;licence:1", "licence:2;disk:20")],
        [Quota("a", "cpus:8;mem:1024", "cpus:8"), Quota("a/x", "cpus:4", "cpus:5"), Quota("a/x/z", "cpus:2", "")],
        [Quota("a", "", ""), Quota("b", "cpus:2", "cpus:2")],
        [Quota("a", "", ""), Quota("a/x", "", ""), Quota("a/y", "", ""), Quota("a/x/z", "", "")],
        [Quota("b/q", "cpus:3", "cpus:4")],
        [Quota("a", "cpus:5", "cpus:5"), Quota("a/y", "cpus:5", "cpus:5")],
        [Quota("b", "", "")],
    ];

    // Each breaks a rule, the last two only where a role above is limited to less.
    private static readonly RoleQuota[][] BadQuotaChanges =
    [
        [Quota("a", "cpus:3", "cpus:2")],
        [Quota("b", "cpus:1", ""), Quota("b", "cpus:2", "")],
        [Quota("*", "", "cpus:1")],
        [Quota("a", "gpus:0.5", "")],
        [Quota("b", "", "ports:1")],
        [Quota("a", "cpus:600000000000", ""), Quota("b", "cpus:600000000000", "")],
        [Quota("a/x/z", "", "cpus:9")],
        [Quota("a/y", "cpus:7", "")],
    ];

    public static AgentId Agent(int choice) => new($"agent{choice % 5}");

    public static FrameworkId Framework(int choice) => new($"f{choice % 5}");

    public static IEnumerable<FrameworkId> Frameworks => Enumerable.Range(0, 5).Select(Framework);

    public static RoleName Role(int choice) => Roles[choice % Roles.Length];

    public static AgentProfile Profile(int agent, int total, int facts) =>
        new(Agent(agent), Totals[total % Totals.Length])
    {
        Attributes = Attributes(facts),
        Domain = (facts % 7) switch
        {
            0 => new AgentDomain("far", "z"),
            1 => new AgentDomain("near", "z"),
            2 => new AgentDomain("near", ""),
            _ => null,
        },
        Capabilities = facts % 11 == 0 ? AgentCapabilities.MultiRole : AgentCapabilities.All,
        Hostname = "h",
    };

    public static FrameworkProfile Framework(int framework, int roles, int abilities)
    {
        var first = Role(roles);
        var second = Role(roles + 1 + (abilities % 5));
        var isMulti = roles % 3 == 0 && first != second;
        return new FrameworkProfile(Framework(framework), isMulti ? [first, second] : [first])
        {
            Capabilities = Capabilities[abilities % Capabilities.Length]
                | (isMulti ? FrameworkCapabilities.MultiRole : FrameworkCapabilities.None),
            SuppressedRoles = abilities % 9 == 0 ? [first] : [],
            MinAllocatable = abilities % 4 == 0
                ? new Dictionary<RoleName, MinAllocatable> { [first] = Minimums[roles % 2] }
                : new Dictionary<RoleName, MinAllocatable>(),
            Constraints = roles / 7 % 6 == 0
                ? new Dictionary<RoleName, OfferConstraints> { [first] = Wanted[abilities % Wanted.Length] }
                : new Dictionary<RoleName, OfferConstraints>(),
        };
    }

    public static RoleQuota[] QuotaChange(int choice) => choice % 8 == 7
        ? BadQuotaChanges[choice / 8 % BadQuotaChanges.Length]
        : QuotaChanges[choice % QuotaChanges.Length];

    public static TimeSpan Filter(int choice) => (choice % 4) switch
    {
        0 => TimeSpan.Zero,
        1 => TimeSpan.FromSeconds(3),
        2 => TimeSpan.FromSeconds(20),
        _ => TimeSpan.FromDays(365),
    };

    /// <summary>
    /// A part of an offer: all, the first item, half of the plain scalars, or all with half of the numbers and texts.
    /// </summary>
    public static ResourceSet Part(ResourceSet whole, int choice) => (choice % 5) switch
    {
        0 => ResourceSet.Of(whole.Items.Take(1)),
        4 => ResourceSet.Of(whole.Items.Select(static item => item.Key.Kind switch
        {
            ResourceKind.Ranges => item with { Ranges = item.Ranges!.TakeFirst((item.Ranges.Count + 1) / 2) },
            ResourceKind.Set => item with { Names = NameSet.Of(item.Names!.Names.Where((_, at) => at % 2 == 0)) },
            _ => item,
        })),
        1 => ResourceSet.Of(whole.Items
            .Where(i => i.Key is { IsPlain: true, Kind: ResourceKind.Scalar } && i.Key.Name != "gpus")
            .Select(i => i with { Amount = new Scalar((i.Amount.Thousandths + 1) / 2) })),
        _ => whole,
    };

    public static ResourceSet Revocable(int choice) => (choice % 3) switch
    {
        0 => ResourceSet.Empty,
        1 => ResourceSet.Parse("cpus{REV}:2"),
        _ => ResourceSet.Parse("cpus{REV}:6;mem{REV}:128"),
    };

    // No rack, one that is a text, a number or ranges, or two, of which the first counts.
    private static AgentAttribute[] Attributes(int facts) =>
        facts % 3 == 0 ? []
        : facts % 13 == 1 ? [new AgentAttribute("rack", facts % 2 == 0 ? "17" : "[1-3]")]
        : facts % 5 == 1 ? [new AgentAttribute("rack", $"r{facts % 4}"), new AgentAttribute("rack", "r1")]
        : [new AgentAttribute("rack", $"r{facts % 4}")];

    private static RoleQuota Quota(string role, string guarantees, string limits) =>
        new(RoleName.Parse(role), Core.Quotas.Quota.Parse(guarantees, limits));
}
