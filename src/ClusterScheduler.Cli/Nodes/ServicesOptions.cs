using ClusterScheduler.Core.Jobs.Life;
using ClusterScheduler.Runtime.Settings;
using ClusterScheduler.Services;

namespace ClusterScheduler.Cli.Nodes;

/// <summary>Reads the settings of the service scheduler (HOCON: cluster-scheduler.services).</summary>
internal static class ServicesOptions
{
    public static ServicesSettings Read(SettingsReader reader)
    {
        var section = reader.Section("services");
        return new ServicesSettings
        {
            Policy = Policy(section),
            GatherQuiet = section.Duration("gather-quiet", TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(10)),
            GatherMax = section.Duration("gather-max", TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1)),
            RefuseUnfitting =
                section.Duration("refuse-unfitting", TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(24)),
            ReviveInterval = section.Duration("revive-interval", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
            NotifyInterval =
                section.Duration("notify-interval", TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(10)),
            WatchersMax = section.Count("watchers-max", 1, 100_000),
            EventsPerSnapshot = section.Count("events-per-snapshot", 100, 1_000_000),
        };
    }

    private static JobPolicy Policy(SettingsReader section) => new()
    {
        RetryDelayMin = section.Duration("retry-delay-min", TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1)),
        RetryDelayMax = section.Duration("retry-delay-max", TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(24)),
        PartitionDelay = section.Duration("partition-delay", TimeSpan.Zero, TimeSpan.FromHours(24)),
        ActiveJobsMax = section.Count("active-jobs-max", 1, 1_000_000),
        ActiveTasksMax = section.Count("active-tasks-max", 1, 10_000_000),
        EndedJobsMax = section.Count("ended-jobs-max", 0, 1_000_000),
    };
}
