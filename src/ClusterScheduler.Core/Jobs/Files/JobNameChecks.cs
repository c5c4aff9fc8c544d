using ClusterScheduler.Core.Jobs.Findings;
using ClusterScheduler.Core.Jobs.Format;

namespace ClusterScheduler.Core.Jobs.Files;

/// <summary>Rules among the jobs of a file: each key once, <c>after</c> names jobs that are there, no cycles, not too
/// many tasks.</summary>
internal static class JobNameChecks
{
    public static void Check(CheckedTree tree)
    {
        var jobs = tree.Items(tree.Root["jobs"], "jobs").ToList();
        var keys = jobs.Select(job => KeyOf(tree, job)).ToList();
        var byKey = new Dictionary<JobKey, int>();
        for (var index = 0; index < jobs.Count; index++)
        {
            if (keys[index] is { } key && !byKey.TryAdd(key, index))
            {
                tree.Report(tree.Find(jobs[index], "name") ?? jobs[index], JobFindingKind.DuplicateName,
                    $"the job {key} is there twice (first as jobs[{byKey[key]}])",
                    "a name that no other job of the same role and environment has");
            }
        }

        var edges = new List<(int From, int To)>();
        for (var index = 0; index < jobs.Count; index++)
        {
            CheckAfter(tree, jobs[index], index, keys, byKey, edges);
        }

        ReportCycles(tree, jobs, keys, edges);
        CheckTotal(tree, jobs);
    }

    public static JobKey? KeyOf(CheckedTree tree, Located job) =>
        tree.Text(tree.Find(job, "name")) is { } name
        && tree.Text(job, "role", JobFileDefaults.Role) is { } role
        && tree.Text(job, "environment", JobFileDefaults.Environment) is { } environment
            ? new JobKey(role, environment, name)
            : null;

    /// <summary>A bare name is a job of the same role and environment.</summary>
    public static JobKey? Resolve(string reference, JobKey referrer)
    {
        var parts = reference.Split('/');
        return parts.Length == 1 ? referrer with { Name = reference }
            : parts.Length == 3 ? new JobKey(parts[0], parts[1], parts[2]) : null;
    }

    private static void CheckAfter(
        CheckedTree tree, Located job, int index, List<JobKey?> keys, Dictionary<JobKey, int> byKey,
        List<(int From, int To)> edges)
    {
        if (tree.Find(job, "after") is not { } after || keys[index] is not { } key)
        {
            return;
        }

        foreach (var place in tree.Items(after.Node, after.Path))
        {
            if (tree.Text(place) is not { } text || Resolve(text, key) is not { } target)
            {
                continue;
            }

            if (byKey.TryGetValue(target, out var found))
            {
                edges.Add((index, found));
            }
            else if (keys.All(other => other is not null))
            {
                var nearest = NearestWord.Find(text,
                    byKey.Keys.SelectMany(other => new[] { other.Name, other.ToString() }));
                tree.Report(place, JobFindingKind.UnknownName, $"this file has no job {CheckedTree.Shown(text)}",
                    nearest is null ? $"one of: {string.Join(", ", byKey.Keys.Order().Select(other => other.Name))}"
                        : $"did you mean {nearest}?");
            }
        }
    }

    private static void ReportCycles(
        CheckedTree tree, List<Located> jobs, List<JobKey?> keys, List<(int From, int To)> edges)
    {
        foreach (var cycle in Cycles.Find(jobs.Count, edges))
        {
            var names = cycle.Append(cycle[0]).Select(index => keys[index]!.Value.Name);
            var job = jobs[cycle[0]];
            tree.Report(tree.Find(job, "after") ?? job, JobFindingKind.Cycle,
                $"jobs wait for one another: {string.Join(" after ", names)}", "take one of these out of `after`");
        }
    }

    private static void CheckTotal(CheckedTree tree, List<Located> jobs)
    {
        var total = jobs.Sum(job => int.TryParse(tree.Text(job, "instances", "1"), out var count) ? (long)count : 0);
        if (total > JobLimits.TasksPerFileMax)
        {
            tree.Report(new Located(tree.Root["jobs"]!, "jobs"), JobFindingKind.OutOfRange,
                $"the jobs have {total} instances together", $"at most {JobLimits.TasksPerFileMax} in one file");
        }
    }
}
