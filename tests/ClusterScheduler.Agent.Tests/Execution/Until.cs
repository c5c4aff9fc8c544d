using System.Diagnostics;
using ClusterScheduler.Agent.Processes;

namespace ClusterScheduler.Agent.Tests.Execution;

/// <summary>Waits for what no event tells.</summary>
internal static class Until
{
    public static async Task TrueAsync(Func<bool> condition, string what)
    {
        var begin = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(begin) < RealExecution.Patience, $"still not so: {what}");
            await Task.Delay(5);
        }
    }

    public static bool IsAlive(int pid) =>
        Read($"/proc/{pid}/stat") is { Length: > 0 } stat && !stat.Contains(") Z", StringComparison.Ordinal);

    /// <summary>Processes with this text in their environment.</summary>
    public static List<int> ProcessesOf(string text) =>
    [
        .. ProcFs.All()
            .Where(pid => Read($"/proc/{pid}/environ").Contains(text, StringComparison.Ordinal) && IsAlive(pid)),
    ];

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return "";
        }
        catch (UnauthorizedAccessException)
        {
            return "";
        }
    }
}
