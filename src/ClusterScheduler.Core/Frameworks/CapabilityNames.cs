using System.Collections.Immutable;

namespace ClusterScheduler.Core.Frameworks;

/// <summary>Mesos' names of the capabilities (mesos.proto, FrameworkInfo.Capability.Type).</summary>
public static class CapabilityNames
{
    private static readonly ImmutableSortedDictionary<string, FrameworkCapabilities> ByName =
        new Dictionary<string, FrameworkCapabilities>
        {
            ["REVOCABLE_RESOURCES"] = FrameworkCapabilities.RevocableResources,
            ["TASK_KILLING_STATE"] = FrameworkCapabilities.TaskKillingState,
            ["GPU_RESOURCES"] = FrameworkCapabilities.GpuResources,
            ["SHARED_RESOURCES"] = FrameworkCapabilities.SharedResources,
            ["PARTITION_AWARE"] = FrameworkCapabilities.PartitionAware,
            ["MULTI_ROLE"] = FrameworkCapabilities.MultiRole,
            ["RESERVATION_REFINEMENT"] = FrameworkCapabilities.ReservationRefinement,
            ["REGION_AWARE"] = FrameworkCapabilities.RegionAware,
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>What frameworks of this product's own SDK understand.</summary>
    public static ImmutableArray<string> Native { get; } = ["MULTI_ROLE", "PARTITION_AWARE", "RESERVATION_REFINEMENT"];

    /// <summary>The capabilities named; a name that is not known is ignored, as Mesos does.</summary>
    public static FrameworkCapabilities Read(IEnumerable<string> names) => names.Aggregate(
        FrameworkCapabilities.None, static (all, name) => all | ByName.GetValueOrDefault(name));
}
