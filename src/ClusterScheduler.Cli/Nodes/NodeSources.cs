using System.Collections;
using ClusterScheduler.Runtime.Settings;

namespace ClusterScheduler.Cli.Nodes;

/// <summary>The sources of a node's settings.</summary>
internal static class NodeSources
{
    /// <param name="config">What --config says; none: CSCHED_CONFIG, or no file.</param>
    /// <param name="options">What other options set.</param>
    public static SettingsSources Of(string? config, IEnumerable<CommandLineSetting> options)
    {
        var file = config ?? Environment.GetEnvironmentVariable("CSCHED_CONFIG");
        return new SettingsSources
        {
            File = string.IsNullOrEmpty(file) ? null : file,
            Environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(
                entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal),
            CommandLine = [.. options],
        };
    }
}
