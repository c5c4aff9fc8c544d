using System.Globalization;
using System.Runtime.InteropServices;

namespace ClusterScheduler.Benchmarks.Harness;

/// <summary>The machine in the words of the report: processor, cores, memory, system, runtime. No names.</summary>
internal static class Machine
{
    internal static string Describe()
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024.0 * 1024 * 1024);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            - processor: {Processor()}, {Environment.ProcessorCount} cores
            - memory: {memory:0.#} GiB
            - system: {RuntimeInformation.OSDescription.Trim()}
            - runtime: {RuntimeInformation.FrameworkDescription}
            - measured: {DateTime.UtcNow:yyyy-MM-dd}

            """);
    }

    private static string Processor()
    {
        const string file = "/proc/cpuinfo";
        var line = File.Exists(file)
            ? File.ReadLines(file).FirstOrDefault(each => each.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?[(line.IndexOf(':') + 1)..].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
