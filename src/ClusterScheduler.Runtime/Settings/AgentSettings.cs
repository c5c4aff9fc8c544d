namespace ClusterScheduler.Runtime.Settings;

/// <summary>Every agent of a node.</summary>
/// <param name="RegisterBackoff">Before the second attempt to register; doubled for each further one.</param>
/// <param name="RegisterBackoffMax">Between attempts to register, at most.</param>
/// <param name="UpdateBackoff">Before a status update that nobody stored is sent again; doubled each time.</param>
/// <param name="UpdateBackoffMax">Between repetitions of a status update, at most.</param>
/// <param name="EndedMax">Ids of ended tasks that are remembered, so that a late launch starts nothing.</param>
/// <param name="KeeperLinger">A keeper with nothing to keep and no agent ends after so long.</param>
/// <param name="LogBytesMax">When stdout or stderr of a task grows beyond it, it is rotated; 0: never.</param>
/// <param name="LogBackups">Rotated files of each log that are kept.</param>
/// <param name="SandboxesMax">Sandboxes of ended tasks that are kept.</param>
/// <param name="SandboxAgeMax">How long the sandbox of an ended task is kept.</param>
/// <param name="EvidenceBytesMax">How much of a failed task's output goes with its status.</param>
/// <param name="Oversubscription">Whether and how it lends out what tasks do not use.</param>
public sealed record AgentSettings(
    TimeSpan RegisterBackoff,
    TimeSpan RegisterBackoffMax,
    TimeSpan UpdateBackoff,
    TimeSpan UpdateBackoffMax,
    int EndedMax,
    TimeSpan KeeperLinger,
    long LogBytesMax,
    int LogBackups,
    int SandboxesMax,
    TimeSpan SandboxAgeMax,
    int EvidenceBytesMax,
    OversubscriptionSettings Oversubscription)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static AgentSettings Read(SettingsReader reader)
    {
        var section = reader.Section("agent");
        var settings = new AgentSettings(
            section.Duration("register-backoff", TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1)),
            section.Duration("register-backoff-max", TimeSpan.FromMilliseconds(10), Hour),
            section.Duration("update-backoff", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1)),
            section.Duration("update-backoff-max", TimeSpan.FromMilliseconds(100), Hour),
            section.Count("ended-max", 1_000, 10_000_000),
            section.Duration("keeper-linger", TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)),
            section.Bytes("log-bytes-max", 0, 1L << 40),
            section.Count("log-backups", 1, 100),
            section.Count("sandboxes-max", 0, 1_000_000),
            section.Duration("sandbox-age-max", TimeSpan.FromMinutes(1), TimeSpan.FromDays(365)),
            (int)section.Bytes("evidence-bytes-max", 0, 64 << 10),
            OversubscriptionSettings.Read(section));
        if (settings.RegisterBackoff > settings.RegisterBackoffMax)
        {
            section.Refuse("register-backoff", "it is longer than register-backoff-max");
        }

        if (settings.UpdateBackoff > settings.UpdateBackoffMax)
        {
            section.Refuse("update-backoff", "it is longer than update-backoff-max");
        }

        return settings;
    }
}
