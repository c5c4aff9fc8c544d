using System.Collections.Immutable;
using ClusterScheduler.Core.Jobs;
using ClusterScheduler.Core.Placement.MinDelay;

namespace ClusterScheduler.Core.Placement;

/// <summary>The policies by their names.</summary>
public static class PlacementPolicies
{
    /// <summary>All of them.</summary>
    public static ImmutableArray<IPlacementPolicy> All { get; } =
        [new SpreadPolicy(), new FirstFitPolicy(), new MinDelayPolicy()];

    /// <summary>The policy of that name.</summary>
    /// <exception cref="ArgumentException">No policy has that name; the rules of job files admit none.</exception>
    public static IPlacementPolicy Get(string name) =>
        All.FirstOrDefault(policy => policy.Name == name)
        ?? throw new ArgumentException($"no placement policy is named {name}", nameof(name));

    /// <summary>True for <see cref="PlacementNames.MinDelay"/>, which looks at all waiting tasks and all agents at
    /// once.</summary>
    public static bool LooksAtAll(string name) => name == PlacementNames.MinDelay;
}
