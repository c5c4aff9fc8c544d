namespace ClusterScheduler.Cli.Tests.JobFiles;

/// <summary>Finds the files of the repository from wherever the tests run.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string directory)
    {
        while (!File.Exists(Path.Combine(directory, "ClusterScheduler.sln")))
        {
            directory = Path.GetDirectoryName(directory)
                ?? throw new InvalidOperationException("the tests do not run inside the repository");
        }

        return directory;
    }
}
