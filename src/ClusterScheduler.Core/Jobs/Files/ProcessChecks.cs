using ClusterScheduler.Core.Jobs.Findings;

namespace ClusterScheduler.Core.Jobs.Files;

/// <summary>Rules among the processes of one task (Aurora's Thermos): names once, an order without cycles, final
/// processes apart from the others.</summary>
internal static class ProcessChecks
{
    public static void Check(CheckedTree tree, Located task, List<Located> processes)
    {
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var index = 0; index < processes.Count; index++)
        {
            var place = tree.Find(processes[index], "name");
            if (tree.Text(place) is { } name && !names.TryAdd(name, index))
            {
                tree.Report(place!.Value, JobFindingKind.DuplicateName,
                    $"two processes are named {CheckedTree.Shown(name)}",
                        "a name that no other process of the task has");
            }
        }

        var isFinal = processes.Select(process => tree.Text(process, "final", "false") == "true").ToList();
        if (processes.Count > 0 && isFinal.TrueForAll(final => final))
        {
            tree.Report(processes[0], JobFindingKind.FinalProcess, "all processes are final",
                "at least one process without `final: true`, after which they run");
        }

        if (tree.Find(task, "order") is { } order)
        {
            CheckOrder(tree, order, names, isFinal, processes.Count > 0);
        }
    }

    private static void CheckOrder(
        CheckedTree tree, Located order, Dictionary<string, int> names, List<bool> isFinal, bool hasProcesses)
    {
        if (!hasProcesses)
        {
            tree.Report(order, JobFindingKind.ConflictingKeys, "an order without processes",
                "`processes`, or no `order`");
            return;
        }

        var edges = new List<(int From, int To)>();
        foreach (var chain in Chains(tree, order))
        {
            var indexes = chain.Select(place => Find(tree, place, names)).ToList();
            for (var at = 1; at < indexes.Count; at++)
            {
                if (indexes[at - 1] is not { } before || indexes[at] is not { } after)
                {
                    continue;
                }

                edges.Add((after, before));
                if (isFinal[before] != isFinal[after])
                {
                    tree.Report(chain[at], JobFindingKind.FinalProcess,
                        "a final process is ordered with one that is not",
                        "final processes run after all others anyway: order them only among themselves");
                }
            }
        }

        var byIndex = names.ToDictionary(pair => pair.Value, pair => pair.Key);
        foreach (var cycle in Cycles.Find(isFinal.Count, edges))
        {
            var around = cycle.Append(cycle[0]).Select(index => byIndex[index]);
            tree.Report(order, JobFindingKind.Cycle,
                $"processes wait for one another: {string.Join(" after ", around)}", "an order without a way back");
        }
    }

    private static IEnumerable<List<Located>> Chains(CheckedTree tree, Located order)
    {
        var items = tree.Items(order.Node, order.Path).ToList();
        return items.Any(item => item.Node is FileNode.List)
            ? items.Select(item => tree.Items(item.Node, item.Path).ToList())
            : [items];
    }

    private static int? Find(CheckedTree tree, Located place, Dictionary<string, int> names)
    {
        if (tree.Text(place) is not { } name)
        {
            return null;
        }

        if (names.TryGetValue(name, out var index))
        {
            return index;
        }

        var nearest = NearestWord.Find(name, names.Keys);
        tree.Report(place, JobFindingKind.UnknownName, $"the task has no process {CheckedTree.Shown(name)}",
            nearest is null ? $"one of: {string.Join(", ", names.Keys.Order(StringComparer.Ordinal))}"
                : $"did you mean {nearest}?");
        return null;
    }
}
