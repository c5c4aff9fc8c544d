using System.Globalization;

namespace ClusterScheduler.EndToEnd.Tests.Harness;

/// <summary>A process of this machine, seen through /proc.</summary>
internal sealed record RunningProcess(int Id, string CommandLine)
{
    /// <summary>Processes whose environment, command line or working directory names the directory; but not this
    /// one.</summary>
    public static IReadOnlyList<RunningProcess> Of(string directory)
    {
        var found = new List<RunningProcess>();
        foreach (var path in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && id != Environment.ProcessId && Names(path, directory) is { } commandLine)
            {
                found.Add(new RunningProcess(id, commandLine));
            }
        }

        return found;
    }

    /// <summary>Those of them that are tasks' processes: neither csched nor its keepers.</summary>
    public static IReadOnlyList<RunningProcess> TasksOf(string directory) =>
        [.. Of(directory).Where(process => !process.CommandLine.Contains("csched", StringComparison.Ordinal))];

    public void Kill()
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(Id);
            process.Kill();
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return;
        }
    }

    private static string? Names(string path, string directory)
    {
        try
        {
            var state = File.ReadAllText($"{path}/stat");
            if (state[(state.LastIndexOf(')') + 2)..].StartsWith('Z'))
            {
                return null;
            }

            var commandLine = File.ReadAllText($"{path}/cmdline").Replace('\0', ' ').Trim();
            return commandLine.Contains(directory, StringComparison.Ordinal)
                || File.ReadAllText($"{path}/environ").Contains(directory, StringComparison.Ordinal)
                ? commandLine
                : null;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
