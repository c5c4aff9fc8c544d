using System.Globalization;
using ClusterScheduler.Cli.Nodes;

namespace ClusterScheduler.Cli.Running;

/// <summary>Where a run keeps logs and files: what the user names, or a new directory among the last runs.</summary>
internal static class RunDirectory
{
    /// <summary>Older runs are removed; those of other users' wishes (--data) never are.</summary>
    private const int RunsKept = 20;

    public static string Choose(string? named, string jobFile, DateTimeOffset now)
    {
        if (named is not null)
        {
            return Path.GetFullPath(named);
        }

        var runs = Path.Combine(DataDirectory.StateHome(), "runs");
        RemoveOld(runs);
        var name = Path.GetFileNameWithoutExtension(jobFile);
        return Path.Combine(runs, string.Create(CultureInfo.InvariantCulture,
            $"{now.UtcDateTime:yyyyMMdd-HHmmss}-{Short(name)}-{Environment.ProcessId}"));
    }

    /// <summary>Socket paths inside it have a small limit.</summary>
    private static string Short(string name) => name.Length <= 20 ? name : name[..20];

    private static void RemoveOld(string runs)
    {
        if (!Directory.Exists(runs))
        {
            return;
        }

        var old = Directory.EnumerateDirectories(runs).OrderDescending(StringComparer.Ordinal).Skip(RunsKept - 1);
        foreach (var directory in old)
        {
            try
            {
                using (DataDirectory.Take(directory))
                {
                    Directory.Delete(directory, recursive: true);
                }
            }
            catch (Exception used) when (used is Commands.UserException or IOException or UnauthorizedAccessException)
            {
                // A run that is still going on, or files of another user: it stays.
                continue;
            }
        }
    }
}
