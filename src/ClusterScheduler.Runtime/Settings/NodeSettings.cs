namespace ClusterScheduler.Runtime.Settings;

/// <summary>A whole node: what <c>csched run</c> and <c>csched dev</c> start.</summary>
/// <param name="Agents">How many agents are started when neither the job file nor the command line says it.</param>
/// <param name="StartTimeout">How long the parts may take to be ready.</param>
/// <param name="StopTimeout">How long stopping may take before the process ends anyhow.</param>
/// <param name="LogFile">Where its log goes; empty: into its data directory.</param>
/// <param name="LogBytesMax">A log of this size is put aside and a new one is begun.</param>
public sealed record NodeSettings(
    int Agents, TimeSpan StartTimeout, TimeSpan StopTimeout, string LogFile, long LogBytesMax)
{
    public const int AgentsMax = 64;

    public static NodeSettings Read(SettingsReader reader)
    {
        var section = reader.Section("node");
        return new NodeSettings(
            section.Count("agents", 1, AgentsMax),
            section.Duration("start-timeout", TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)),
            section.Duration("stop-timeout", TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)),
            section.Text("log-file", 4096),
            section.Bytes("log-bytes-max", 64 * 1024, 1024L * 1024 * 1024));
    }
}
