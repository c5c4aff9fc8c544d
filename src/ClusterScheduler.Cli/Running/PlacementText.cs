using System.Globalization;
using Akka.Actor;
using ClusterScheduler.Cli.Nodes;
using ClusterScheduler.Core.Jobs.Matching;
using ClusterScheduler.Core.Jobs.Values;
using ClusterScheduler.Core.Placement;
using ClusterScheduler.Core.Placement.MinDelay;
using ClusterScheduler.Protocol;

namespace ClusterScheduler.Cli.Running;

/// <summary>--explain: each round of a policy that looks at all agents at once, with the ways it weighed.</summary>
internal static class PlacementText
{
    private const int WaysShown = 20;

    public static async Task Write(ClusterNode node, long submission, IRunView view)
    {
        var explained = (ServicesProtocol.PlacementsExplained)await node.Services.Ask<object>(
            new ServicesProtocol.ExplainPlacements(submission), node.AskTimeout, CancellationToken.None);
        if (explained.Records.IsEmpty)
        {
            view.Note("placements: no policy of this file looks at all agents at once (min-delay does)");
        }

        foreach (var record in explained.Records)
        {
            foreach (var line in Lines(record))
            {
                view.Note(line);
            }
        }
    }

    private static IEnumerable<string> Lines(PlacementRecord record)
    {
        var request = record.Request;
        yield return $"placement by {record.Policy}: sum {Sum(record.Result.Cost)}, {Words(record.Result.Method)}";
        foreach (var assignment in record.Result.Assignments)
        {
            var group = request.Groups[assignment.Group];
            var agent = request.Agents[assignment.Agent];
            yield return string.Create(CultureInfo.InvariantCulture,
                $"  {group.Job.Name}/{assignment.Instance} -> {agent.Name}");
        }

        var all = MinDelayAlternatives.List(request, WaysShown);
        yield return string.Create(CultureInfo.InvariantCulture,
            $"  {all.Count}{(all.IsComplete ? "" : " or more")} ways to place them, the smallest sum first:");
        foreach (var way in all.Ways)
        {
            yield return $"  {Sum(way.Sum),-8} = {string.Join(" + ", way.Terms.Select(term => Text(request, term)))}";
        }
    }

    private static string Text(PlacementRequest request, MinDelayTerm term)
    {
        var job = request.Groups[term.Assignment.Group].Job.Name;
        var agent = request.Agents[term.Assignment.Agent].Name;
        return $"{Decimals.FromMilli(term.NeedCpus)}/{Decimals.FromMilli(term.FreeCpus)} ({job} on {agent})";
    }

    private static string Sum(Ratio sum) => sum.ToString();

    private static string Words(PlacementMethod method) => method switch
    {
        PlacementMethod.ExactAssignment => "exact (minimum-cost assignment): no other way is better",
        PlacementMethod.ExactSearch => "exact (searched to the end): no other way is better",
        PlacementMethod.Heuristic => "a heuristic: another way may be better",
        _ => "task by task",
    };
}
