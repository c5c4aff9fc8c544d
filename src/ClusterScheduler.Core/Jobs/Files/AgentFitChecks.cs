using System.Collections.Immutable;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Jobs.Findings;
using ClusterScheduler.Core.Placement;

namespace ClusterScheduler.Core.Jobs.Files;

/// <summary>A task that none of the cluster's agents could hold, even with nothing else on it, would wait for
/// ever.</summary>
internal static class AgentFitChecks
{
    public static IEnumerable<JobFinding> Check(JobFile file)
    {
        ImmutableArray<PlacementAgent> agents = [.. file.Agents.Select(agent => new PlacementAgent(
            new AgentId(agent.Name), agent.Name, Amounts.Of(agent), Amounts.Of(agent), agent.Attributes))];
        for (var index = 0; index < file.Jobs.Length; index++)
        {
            var job = file.Jobs[index];
            var group = new PlacementGroup(
                job.Key, [0], Amounts.Of(job.Task.Resources), job.Constraints, []);
            if (PlacementExplanation.Of(group, agents, job.Placement.PerAgent) is { NeverFits: true } why)
            {
                yield return new JobFinding(JobFindingKind.NeverFits, $"jobs[{index}].task.resources",
                    TextPosition.Start,
                    $"no agent can ever hold a task of {job.Key.Name}; {why.NearestSentence}",
                    "less of what is short, or an agent that has more");
            }
        }
    }
}
