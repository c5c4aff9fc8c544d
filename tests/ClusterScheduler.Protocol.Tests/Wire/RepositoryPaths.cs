namespace ClusterScheduler.Protocol.Tests.Wire;

/// <summary>Files of the repository, found from where the test runs.</summary>
internal static class RepositoryPaths
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string Golden { get; } = Path.Combine(Root, "tests/ClusterScheduler.Protocol.Tests/Golden");

    /// <summary>Golden files are written anew only when somebody asks for it.</summary>
    public static bool MayWrite { get; } = Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1";

    private static string Find(string from)
    {
        var at = new DirectoryInfo(from);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "ClusterScheduler.sln")))
        {
            at = at.Parent;
        }

        return at?.FullName ?? throw new InvalidOperationException($"no ClusterScheduler.sln above {from}");
    }
}
