using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Allocation;

/// <summary>
/// What an operator can set about allocation. The defaults are Mesos' own unless the text says otherwise.
/// </summary>
public sealed record AllocatorSettings
{
    /// <summary>Mesos' defaults.</summary>
    public static AllocatorSettings Default { get; } = new();

    /// <summary>
    /// Smallest offers worth making to a framework that does not say otherwise; no amount is below zero.
    /// </summary>
    public MinAllocatable MinAllocatable { get; init; } = MinAllocatable.Default;

    /// <summary>
    /// A filter lasts at least this long: Mesos' allocation interval. From zero to <see cref="FilterDuration.Most"/>.
    /// </summary>
    public TimeSpan FilterLeast { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Names of resources that do not count for the dominant share.</summary>
    public IReadOnlyList<string> ExcludedFromFairness { get; init; } = [];

    /// <summary>Whether agents with GPUs are kept for frameworks with GPU_RESOURCES.</summary>
    public bool FilterGpuResources { get; init; } = true;

    /// <summary>
    /// Region of the master; agents of another are offered to REGION_AWARE frameworks only. Null: no rule.
    /// </summary>
    public string? Region { get; init; }

    /// <summary>Order of roles.</summary>
    public Sorter RoleSorter { get; init; }

    /// <summary>Order of frameworks within a role.</summary>
    public Sorter FrameworkSorter { get; init; }

    /// <summary>Start of the random order, where one is chosen.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>
    /// An offer held longer is to be rescinded; null for no bound (Mesos: <c>--offer_timeout</c>), else above zero.
    /// </summary>
    public TimeSpan? OfferTimeout { get; init; }

    /// <summary>When a framework that sits on offers is shown as a hoarder; see there for its ranges.</summary>
    public HoardingRule Hoarding { get; init; } = HoardingRule.Default;

    /// <summary>
    /// The part of known agents that must be back after a failover before quota allows offers: 0 to 1.
    /// </summary>
    public double RecoveryFactor { get; init; } = 0.8;

    /// <summary>Most agents: 1 or more.</summary>
    public int AgentsMax { get; init; } = 200_000;

    /// <summary>Most frameworks: 1 or more.</summary>
    public int FrameworksMax { get; init; } = 100_000;

    /// <summary>Most roles of one framework: 1 or more.</summary>
    public int RolesPerFrameworkMax { get; init; } = FrameworkRules.RolesMax;

    /// <summary>
    /// Most names of custom scalar resources that one allocator comes to know, from agents, what is used of them, and
    /// quota: 0 or more. A name counts until the allocator ends, also when nobody has anything of it any more.
    /// </summary>
    public int CustomScalarsMax { get; init; } = 64;

    /// <summary>The name of the first setting that is out of its range; null when all are within.</summary>
    public string? FirstOutOfRange() =>
        MinAllocatable.Alternatives.Any(static alternative => alternative.AnyNegative) ? nameof(MinAllocatable)
        : FilterLeast < TimeSpan.Zero || FilterLeast > FilterDuration.Most ? nameof(FilterLeast)
        : !Enum.IsDefined(RoleSorter) ? nameof(RoleSorter)
        : !Enum.IsDefined(FrameworkSorter) ? nameof(FrameworkSorter)
        : OfferTimeout <= TimeSpan.Zero ? nameof(OfferTimeout)
        : Hoarding.ClusterPart is not (>= 0 and <= 1) || Hoarding.OlderThan < TimeSpan.Zero ? nameof(Hoarding)
        : RecoveryFactor is not (>= 0 and <= 1) ? nameof(RecoveryFactor)
        : AgentsMax < 1 ? nameof(AgentsMax)
        : FrameworksMax < 1 ? nameof(FrameworksMax)
        : RolesPerFrameworkMax < 1 ? nameof(RolesPerFrameworkMax)
        : CustomScalarsMax < 0 ? nameof(CustomScalarsMax)
        : null;
}
