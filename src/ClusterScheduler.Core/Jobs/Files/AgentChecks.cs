using System.Globalization;
using ClusterScheduler.Core.Jobs.Findings;

namespace ClusterScheduler.Core.Jobs.Files;

/// <summary>Rules among the agents of a file: names once, ports in order.</summary>
internal static class AgentChecks
{
    private const int PortMax = 65_535;

    public static void Check(CheckedTree tree)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var agent in tree.Items(tree.Root["agents"], "agents"))
        {
            var place = tree.Find(agent, "name");
            if (tree.Text(place) is { } name && !seen.Add(name))
            {
                tree.Report(place!.Value, JobFindingKind.DuplicateName,
                    $"two agents are named {CheckedTree.Shown(name)}",
                    "a name that no other agent of the file has");
            }

            CheckPorts(tree, agent);
        }
    }

    private static void CheckPorts(CheckedTree tree, Located agent)
    {
        var place = tree.Find(agent, "resources") is { } resources ? tree.Find(resources, "ports") : null;
        if (tree.Text(place) is { } text)
        {
            var ends = text.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture)).ToArray();
            if (ends[0] == 0 || ends[0] > ends[1] || ends[1] > PortMax)
            {
                tree.Report(place!.Value, JobFindingKind.OutOfRange, $"{text} is no range of ports",
                    $"first and last of 1 to {PortMax}, the smaller first, as in 31000-31999");
            }
        }
    }
}
