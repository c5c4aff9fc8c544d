using ClusterScheduler.Benchmarks.Harness;

namespace ClusterScheduler.Benchmarks.Allocation;

/// <summary>One of the allocator's workloads, under the name and with the bound of its table.</summary>
/// <param name="mesos">What Mesos (1.12-dev, C++ -O2, DRF sorters) takes for it on two cores like these.</param>
internal sealed class AllocatorBenchmark(
    string name,
    string summary,
    string mesos,
    double atMost,
    string unit,
    IReadOnlyList<BenchmarkOption> options,
    Func<BenchmarkOptions, TextWriter, double> run)
    : IBenchmark
{
    public static readonly IReadOnlyList<IBenchmark> All =
    [
        Offered("decline", "a round after every offer was declined for ever", "805–946 ms", 40),
        Offered("decline-1k", "the same with 1,000 agents", "92–100 ms", 4, agents: 1_000),
        Offered("decline-50k", "the same with 50,000 agents", "4.2–5.5 s", 150, agents: 50_000),
        Offered(
            "decline-50k-6k", "the same with 50,000 agents and 6,000 frameworks", "4.2–5.5 s", 200, 6_000, 50_000),
        Ms("take-back", "the declines of one such round", "770 ms", 35, AllocatorWorkloads.TakeBack, least: 2),
        Ms("empty-round", "a round when everyone declined everything", "210 ms", 0.1, AllocatorWorkloads.EmptyRound),
        Ms("empty-round-1", "the same with one framework", "210 ms", 0.1, AllocatorWorkloads.EmptyRound, 1),
        Ms("add", "adding partly used agents, and their first round", "1.7–1.8 s", 80, AllocatorWorkloads.Add),
        Ms("update", "a new total for each of them, and the round after", "1.0 s", 50, AllocatorWorkloads.Update),
        Ms("revive", "one REVIVE a framework, a round after each", "10.2 s", 50, AllocatorWorkloads.Revive),
        Quota("quota", "first round of 2,500 small and 500 large quota roles", "29 s", 60, q => q.First),
        Quota("quota-add", "adding the frameworks of these roles", "35 s", 70, q => q.Add),
        Quota("quota-empty", "the second, empty round of these roles", "20 s", 0.1, q => q.Empty),
        Ms(
            "labels",
            "as decline, with labelled dynamic reservations",
            "not measured",
            60,
            AllocatorWorkloads.Labels,
            200,
            least: 2),
        new AllocatorBenchmark(
            "one-change",
            "one task ends in a steady cluster, until its offer is there",
            "a whole pass, at the next second",
            50,
            "us",
            SizeOf(10_000, 1_000, AllocatorWorkloads.OneChangeFrameworksLeast),
            (options, _) => AllocatorWorkloads.OneChange(options.Int("agents"), options.Int("frameworks"))),
        Ms("why", "why a framework gets nothing, over all agents", "", 20, AllocatorWorkloads.Why),
        Ms(
            "why-demands",
            "the same of 100 demands at once, no two agents alike",
            "",
            20,
            (agents, frameworks) => AllocatorWorkloads.WhyDemands(agents, frameworks, isCut: false)),
        Ms(
            "why-demands-quota",
            "the same where limits and guarantees leave less than is free",
            "",
            20,
            (agents, frameworks) => AllocatorWorkloads.WhyDemands(agents, frameworks, isCut: true)),
        Ms("why-role", "why a role of all frameworks has what it has", "", 20, AllocatorWorkloads.WhyRole, 6_000),
        Ms(
            "depth-32",
            "as decline, all frameworks in a role 32 levels deep",
            "",
            120,
            (agents, frameworks) => AllocatorWorkloads.Depth(agents, frameworks, 32),
            least: 2),
        new AllocatorMemoryBenchmark(),
    ];

    public string Name => name;

    public string Summary => summary;

    public string Mesos => mesos;

    public Target? Target => Target.AtMost(atMost);

    public IReadOnlyList<BenchmarkOption> Options => options;

    /// <summary>The sizes of a cluster of agents and frameworks.</summary>
    internal static IReadOnlyList<BenchmarkOption> SizeOf(int agents, int frameworks, int frameworksLeast) =>
    [
        new("agents", agents, "agents", Most: 1_000_000),
        new("frameworks", frameworks, "frameworks", frameworksLeast, 100_000),
    ];

    public Figure Run(BenchmarkOptions options, TextWriter log) => new(run(options, log), unit);

    // What one framework declined, another one is offered: it takes two.
    private static AllocatorBenchmark Offered(
        string name, string summary, string mesos, double atMost, int frameworks = 1_000, int agents = 10_000) =>
        Ms(name, summary, mesos, atMost, AllocatorWorkloads.Decline, frameworks, agents, least: 2);

    private static AllocatorBenchmark Ms(
        string name,
        string summary,
        string mesos,
        double atMost,
        Func<int, int, double> run,
        int frameworks = 1_000,
        int agents = 10_000,
        int least = 1) =>
        new(name, summary, mesos, atMost, "ms", SizeOf(agents, frameworks, least),
            (options, _) => run(options.Int("agents"), options.Int("frameworks")));

    // Its size follows from the roles, as in Mesos' benchmark.
    private static AllocatorBenchmark Quota(
        string name,
        string summary,
        string mesos,
        double atMost,
        Func<(double Add, double First, double Empty, int Offers), double> pick) =>
        new(name, summary, mesos, atMost, "ms",
            [
                new(
                    "frameworks",
                    3_000,
                    "frameworks, each in a role of its own, a sixth of these large; the agents follow from them",
                    6,
                    100_000),
            ],
            (options, log) =>
            {
                var roles = options.Int("frameworks");
                var figures = AllocatorWorkloads.Quota(roles - (roles / 6), roles / 6);
                log.WriteLine($"  {figures.Offers} offers");
                return pick(figures);
            });
}
