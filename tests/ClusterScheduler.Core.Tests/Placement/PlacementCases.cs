using System.Collections.Immutable;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Jobs;
using ClusterScheduler.Core.Placement;

namespace ClusterScheduler.Core.Tests.Placement;

/// <summary>Small requests, by hand and from a seed.</summary>
internal static class PlacementCases
{
    private const string SeedVariable = "PLACEMENT_SEED";

    /// <summary>The seeds of a test: many, or the one that is asked for by the variable PLACEMENT_SEED.</summary>
    public static IEnumerable<int> Seeds(int count) =>
        int.TryParse(
            Environment.GetEnvironmentVariable(SeedVariable), out var one) ? [one] : Enumerable.Range(1, count);

    public static string Replay(int seed) =>
        $"seed {seed}; replay: {SeedVariable}={seed} dotnet test tests/ClusterScheduler.Core.Tests --filter Placement";

    public static PlacementAgent Agent(string name, double cpus, params (string Name, string Value)[] attributes)
    {
        var free = new Amounts((long)(cpus * 1000), 1_000_000, 1_000_000, 100);
        return new PlacementAgent(new AgentId("id-" + name), name, free, free,
            [.. attributes.Select(attribute => new AttributeValue(attribute.Name, attribute.Value))]);
    }

    public static PlacementGroup Group(string name, double cpus, int count = 1, params JobConstraint[] constraints) =>
        new(
        new JobKey("r", "devel", name), [.. Enumerable.Range(0, count)],
        new Amounts((long)(cpus * 1000), 1_000, 0, 0), [.. constraints], []);

    public static PlacementRequest Request(
        int perAgent, ImmutableArray<PlacementGroup> groups, params ImmutableArray<PlacementAgent> agents) =>
        new(groups, agents, perAgent);

    /// <summary>A request of a few groups and agents, with sizes that often tie.</summary>
    public static PlacementRequest Random(int seed, int tasksMax, int agentsMax, int perAgentMax)
    {
        var random = new Random(seed);
        var agents = Enumerable.Range(0, random.Next(1, agentsMax + 1))
            .Select(index => Agent($"a{index}", random.Next(1, 7), ("rack", $"r{random.Next(2)}")) with
            {
                LeavesAt = random.Next(6) == 0 ? DateTimeOffset.UnixEpoch : null,
            })
            .ToImmutableArray();
        var left = random.Next(1, tasksMax + 1);
        var groups = ImmutableArray.CreateBuilder<PlacementGroup>();
        while (left > 0)
        {
            var count = random.Next(1, left + 1);
            var constraints = random.Next(4) == 0
                ? [new JobConstraint.Value("rack", random.Next(2) == 0, ["r0"])]
                : Array.Empty<JobConstraint>();
            groups.Add(Group($"g{groups.Count}", random.Next(1, 9) / 2.0, count, constraints));
            left -= count;
        }

        return new PlacementRequest(groups.ToImmutable(), agents, random.Next(0, perAgentMax + 1));
    }
}
