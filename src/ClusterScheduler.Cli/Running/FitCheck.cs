using System.Collections.Immutable;
using ClusterScheduler.Cli.Commands;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Jobs;
using ClusterScheduler.Core.Placement;

namespace ClusterScheduler.Cli.Running;

/// <summary>What no agent of a run can ever hold is said before anything starts: no other agent will come.</summary>
internal static class FitCheck
{
    /// <exception cref="UserException">Each job that fits nowhere: the nearest agent, what is short.</exception>
    public static void Refuse(string path, JobFile file, ImmutableArray<AgentSpec> agents)
    {
        ImmutableArray<PlacementAgent> idle =
        [
            .. agents.Select(agent => new PlacementAgent(
                new AgentId(agent.Name), agent.Name, Amounts.Of(agent), Amounts.Of(agent), agent.Attributes)),
        ];
        var homeless = file.Jobs
            .Select(job => (job.Key, Explanation: PlacementExplanation.Of(
                new PlacementGroup(job.Key, [0], Amounts.Of(job.Task.Resources), job.Constraints, []),
                idle,
                job.Placement.PerAgent)))
            .Where(job => job.Explanation.NeverFits)
            .Select(job => $"{path}: a task of {job.Key.Name} fits on none of the {agents.Length} agents; "
                + $"nearest is {job.Explanation.Nearest?.Agent.Name}: "
                + string.Join("; ", job.Explanation.Nearest?.Vetoes ?? []))
            .ToList();
        if (homeless.Count > 0)
        {
            throw new UserException(string.Join('\n', homeless), ExitCode.WrongInput);
        }
    }
}
