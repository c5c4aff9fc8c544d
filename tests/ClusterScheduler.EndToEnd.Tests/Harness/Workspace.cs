namespace ClusterScheduler.EndToEnd.Tests.Harness;

/// <summary>A directory of one test's own; what still runs in its name at the end is killed.</summary>
internal sealed class Workspace : IDisposable
{
    private readonly DirectoryInfo _directory = System.IO.Directory.CreateTempSubdirectory("csched-");

    public string Directory => _directory.FullName;

    /// <summary>The data directory of a cluster.</summary>
    public string Data => Path.Combine(Directory, "data");

    /// <summary>The root of this repository.</summary>
    public static string Repository { get; } = FindRepository();

    public static string Sample(string name) => Path.Combine(Repository, "docs", "samples", name);

    public string Inside(string name) => Path.Combine(Directory, name);

    public string File(string name, string text)
    {
        var path = Inside(name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    public string[] Lines(string name) =>
        System.IO.File.Exists(Inside(name)) ? System.IO.File.ReadAllLines(Inside(name)) : [];

    public void Dispose()
    {
        // Again and again: one that is about to become another program is not seen, and who would end it is dead.
        Poll.Until(
            () =>
            {
                var left = RunningProcess.Of(Directory).ToList();
                left.ForEach(static process => process.Kill());
                return left.Count == 0;
            },
            "everything that ran in the workspace to end");
        _directory.Delete(recursive: true);
    }

    private static string FindRepository()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(at.FullName, "ClusterScheduler.sln")))
            {
                return at.FullName;
            }
        }

        throw new InvalidOperationException($"no ClusterScheduler.sln above {AppContext.BaseDirectory}");
    }
}
