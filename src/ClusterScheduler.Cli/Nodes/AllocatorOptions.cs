using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Runtime.Settings;

namespace ClusterScheduler.Cli.Nodes;

/// <summary>Reads the settings of the allocator (HOCON: cluster-scheduler.master.allocator).</summary>
internal static class AllocatorOptions
{
    public static AllocatorSettings Read(SettingsReader section)
    {
        var timeout = section.Duration("offer-timeout", TimeSpan.Zero, TimeSpan.FromDays(1));
        return AllocatorSettings.Default with
        {
            OfferTimeout = timeout > TimeSpan.Zero ? timeout : null,
            MinAllocatable = Least(section),
            ExcludedFromFairness = Names(section),
            RoleSorter = SorterOf(section, "role-sorter"),
            FrameworkSorter = SorterOf(section, "framework-sorter"),
            FilterGpuResources = section.Switch("filter-gpu-resources"),
            Region = RegionOf(section),
            RecoveryFactor = section.Number("agent-recovery-factor", 0, 1),
            Hoarding = new HoardingRule(
                section.Number("hoarding-part", 0, 1),
                section.Duration("hoarding-after", TimeSpan.FromSeconds(1), TimeSpan.FromDays(1))),
        };
    }

    private static string? RegionOf(SettingsReader section)
    {
        var region = section.Text("region", AgentDomain.NameMax);
        if (region.Length > 0 && !AgentDomain.IsName(region))
        {
            section.Refuse(
                "region", $"'{region}' is no name; it has letters, digits, '-', '_' and '.', as node.region of agents");
        }

        return region.Length > 0 ? region : null;
    }

    private static MinAllocatable Least(SettingsReader section)
    {
        var text = section.Text("min-allocatable", 1024);
        if (MinAllocatable.TryParse(text, out var least, out var refusal))
        {
            return least;
        }

        section.Refuse("min-allocatable",
            $"'{text}' is not like 'cpus:0.01|mem:32', plain scalars only: {refusal}");
        return MinAllocatable.Default;
    }

    private static string[] Names(SettingsReader section)
    {
        var names = section.Text("excluded-from-fairness", 1024)
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var name in names.Where(static name => !ResourceNames.IsValid(name)))
        {
            section.Refuse("excluded-from-fairness", $"'{name}' is not the name of a resource");
        }

        return names;
    }

    private static Sorter SorterOf(SettingsReader section, string key) =>
        section.OneOf(key, "drf", "random") == "random" ? Sorter.WeightedRandom : Sorter.Drf;
}
