using ClusterScheduler.Core.Jobs.Findings;

namespace ClusterScheduler.Core.Jobs.Files;

/// <summary>Constraints are written in Aurora's syntax.</summary>
internal static class ConstraintChecks
{
    public static void Check(CheckedTree tree, Located job)
    {
        if (tree.Find(job, "constraints") is not { Node: FileNode.Map map } constraints)
        {
            return;
        }

        foreach (var entry in map.Entries)
        {
            var place = new Located(entry.Value, $"{constraints.Path}.{entry.Key}");
            if (tree.Text(place) is { } text && JobConstraint.TryParse(entry.Key, text) is null)
            {
                tree.Report(place, JobFindingKind.BadText, $"{CheckedTree.Shown(text)} is no constraint",
                    "values as in a,b, in quotes \"!a,b\" for none of these, or limit:N with N of 1 or more");
            }
        }
    }
}
