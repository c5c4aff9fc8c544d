using System.Globalization;
using ClusterScheduler.Gateway.Views;

namespace ClusterScheduler.Cli.Output;

/// <summary>Resources in one line.</summary>
internal static class ResourceLine
{
    public static string Of(ResourcesView resources)
    {
        var parts = new List<string>
        {
            string.Create(CultureInfo.InvariantCulture, $"{resources.Cpus:0.###} cpus"),
            string.Create(CultureInfo.InvariantCulture, $"{resources.Mem:0.###} MiB mem"),
            string.Create(CultureInfo.InvariantCulture, $"{resources.Disk:0.###} MiB disk"),
        };
        if (resources.Gpus != 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{resources.Gpus:0.###} gpus"));
        }

        if (resources.Ports is not ("" or "[]"))
        {
            parts.Add($"ports {resources.Ports}");
        }

        return string.Join(", ", parts);
    }

    /// <summary>As it is written in options: cpus:4;mem:1024, or - for nothing.</summary>
    public static string Of(IReadOnlyDictionary<string, decimal> amounts) => amounts.Count == 0
        ? "-"
        : string.Join(';', amounts.Select(static amount =>
            string.Create(CultureInfo.InvariantCulture, $"{amount.Key}:{amount.Value:0.###}")));

    /// <summary>Cpus and memory, as it is written in options.</summary>
    public static string Short(ResourcesView resources) =>
        string.Create(CultureInfo.InvariantCulture, $"cpus:{resources.Cpus:0.###};mem:{resources.Mem:0.###}");
}
