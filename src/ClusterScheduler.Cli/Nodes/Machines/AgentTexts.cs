using System.Collections.Immutable;
using System.Globalization;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Jobs.Values;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Cli.Nodes.Machines;

/// <summary>Reads what the user says of an agent: <c>--resources</c> and <c>--attributes</c>.</summary>
internal static class AgentTexts
{
    private static readonly string[] Detected =
        [ResourceNames.Cpus, ResourceNames.Mem, ResourceNames.Disk, ResourceNames.Ports];

    /// <summary>
    /// Mesos' form, <c>cpus:8;mem:16384;ports:[31000-32000]</c>; mem and disk may have a unit. A resource of the
    /// machine that is not named is detected, one that is not to be offered is named with 0.
    /// </summary>
    /// <param name="text">What the user wrote.</param>
    /// <param name="detected">What the machine has.</param>
    /// <param name="resources">What the agent offers.</param>
    /// <param name="problem">What is wrong, and what would be right; none when nothing is.</param>
    public static bool TryResources(
        string text, in ResourceSet detected, out ResourceSet resources, out string? problem)
    {
        var said = string.Join(';', text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(InMebibytes));
        if (!ResourceSet.TryParse(said, out resources, out var refusal))
        {
            problem = refusal.Scalar is ScalarRefusal.NotANumber
                && NameOf(refusal.Item) is ResourceNames.Mem or ResourceNames.Disk
                ? $"resource '{refusal.Item}': write MiB as a number, or a number with MiB, GiB or TiB, such as 16GiB"
                : refusal.ToString();
            return false;
        }

        var named = said.Split(';').Select(NameOf).ToHashSet(StringComparer.Ordinal);
        resources += detected.Where(item => Detected.Contains(item.Key.Name) && !named.Contains(item.Key.Name));
        problem = resources.IsEmpty
            ? "nothing is left to offer; give it at least cpus and mem"
            : PartOverlap.In(resources)?.ToString();
        return problem is null;
    }

    /// <summary><c>rack=r7;zone=north</c>; Mesos' colon is taken for an equals sign as well.</summary>
    public static bool TryAttributes(
        string text, out ImmutableArray<AgentAttribute> attributes, out string? problem)
    {
        problem = null;
        var found = ImmutableArray.CreateBuilder<AgentAttribute>();
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var end = part.AsSpan().IndexOfAny('=', ':');
            if (end <= 0 || end == part.Length - 1)
            {
                problem = $"attribute '{part}': write name=value, such as rack=r7, with semicolons between several";
                break;
            }

            found.Add(new AgentAttribute(part[..end].Trim(), part[(end + 1)..].Trim()));
        }

        attributes = problem is null ? found.ToImmutable() : [];
        return problem is null;
    }

    private static string NameOf(string item)
    {
        var end = item.AsSpan().IndexOfAny("([{<:");
        return (end < 0 ? item : item[..end]).Trim();
    }

    private static string InMebibytes(string item)
    {
        var value = item.LastIndexOf(':') + 1;
        return NameOf(item) is ResourceNames.Mem or ResourceNames.Disk && value > 0
            && item.EndsWith("iB", StringComparison.Ordinal) && SizeText.TryParse(item[value..].Trim(), out var milli)
                ? item[..value] + (milli / 1000m).ToString("0.###", CultureInfo.InvariantCulture)
                : item;
    }
}
