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
}
