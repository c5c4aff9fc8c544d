namespace ClusterScheduler.Runtime.Settings;

/// <summary>Whether and how agents lend out what their tasks do not use, as revocable resources.</summary>
/// <param name="IsOn">Off, as in Mesos, unless an operator wants it.</param>
/// <param name="SampleInterval">Between two looks at what tasks use, and at the pressure.</param>
/// <param name="ReportInterval">Least time between two changes of what is lent out.</param>
/// <param name="Window">How far back the estimate of a task looks.</param>
/// <param name="SamplesLeast">A task that was looked at less often lends nothing.</param>
/// <param name="SafetyShare">The part of each allocation that is never lent out.</param>
/// <param name="PressureCpus">The part of the agent's cpus in use above which revocable tasks are evicted.</param>
/// <param name="PressureMem">The same for mem.</param>
public sealed record OversubscriptionSettings(
    bool IsOn,
    TimeSpan SampleInterval,
    TimeSpan ReportInterval,
    TimeSpan Window,
    int SamplesLeast,
    double SafetyShare,
    double PressureCpus,
    double PressureMem)
{
    public static OversubscriptionSettings Read(SettingsReader agent)
    {
        var section = agent.Section("oversubscription");
        var settings = new OversubscriptionSettings(
            section.Switch("enabled"),
            section.Duration("sample-interval", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10)),
            section.Duration("report-interval", TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1)),
            section.Duration("window", TimeSpan.FromSeconds(1), TimeSpan.FromDays(7)),
            section.Count("samples-least", 1, 4_000),
            section.Number("safety-share", 0, 1),
            section.Number("pressure-cpus", 0, 1),
            section.Number("pressure-mem", 0, 1));
        if (settings.SampleInterval * settings.SamplesLeast > settings.Window)
        {
            section.Refuse("samples-least",
                "the window is shorter than so many sample intervals, so no task would ever lend anything");
        }

        return settings;
    }
}
