using System.Collections.Immutable;
using System.Numerics;
using ClusterScheduler.Core.Jobs;

namespace ClusterScheduler.Core.Placement.MinDelay;

/// <summary>
/// Places all waiting tasks together so that the sum of rᵢ/sᵢ is smallest: rᵢ the processors that task i needs, sᵢ
/// what its agent has free before the round. As many tasks as possible are placed; among equal sums names decide:
/// the first task by name gets the first possible agent by name, and so on. At most one task per agent: exact, in
/// polynomial time. Several: exact as far as <see cref="MinDelaySearch.NodesMax"/> steps reach, which covers every
/// request with (agents + 1)^tasks up to half of it; beyond, greedy insertion with improvements. See
/// docs/adr/0006-placement-min-delay.md.
/// </summary>
public sealed class MinDelayPolicy : IPlacementPolicy
{
    private static readonly BigInteger LongMax = BigInteger.Pow(2, 60);
    private static readonly BigInteger Int128Max = BigInteger.Pow(2, 124);

    /// <inheritdoc/>
    public string Name => PlacementNames.MinDelay;

    /// <inheritdoc/>
    public PlacementResult Place(PlacementRequest request)
    {
        var tasks = WaitingTask.AllByName(request);
        if (tasks.Length == 0 || request.Agents.IsEmpty)
        {
            return new PlacementResult([], Ratio.Zero, PlacementMethod.ExactAssignment);
        }

        var scale = new CostScale(request);
        var order = AgentOrder.ByName(request);
        return IsOnePerAgent(request)
            ? Result(request, scale, tasks, Assign(request, scale, tasks, order), PlacementMethod.ExactAssignment)
            : Search(request, scale, tasks, order);
    }

    /// <summary>True when no agent can take two of the tasks and no limit spans several agents, so that each task
    /// and each agent can be looked at by itself.</summary>
    private static bool IsOnePerAgent(PlacementRequest request)
    {
        var limits = request.Groups.SelectMany(group => group.Constraints).OfType<JobConstraint.Limit>().ToList();
        var onHost = limits.All(limit => limit.Attribute == PlacementAgent.HostAttribute);
        var namesDiffer = request.Agents.Select(agent => agent.Name).Distinct().Count() == request.Agents.Length;
        return request.PerAgent == 1
            ? limits.Count == 0 || (onHost && namesDiffer)
            : request.Groups.Length == 1 && onHost && namesDiffer && limits.Any(limit => limit.Count == 1);
    }

    private static int[] Assign(PlacementRequest request, CostScale scale, WaitingTask[] tasks, int[] order)
    {
        var round = new PlacementRound(request);
        var unplaced = scale.Unplaced(tasks.Length);
        var costs = tasks
            .Select(task => Enumerable.Range(0, order.Length + tasks.Length)
                .Select(column => column >= order.Length ? unplaced
                    : round.CanPlace(task.Group, order[column]) ? scale.Cost(task.Cpus, order[column])
                    : unplaced + 1)
                .ToArray())
            .ToArray();
        var largest = (unplaced + 1) * (tasks.Length + 1);
        var columns = largest < LongMax ? Solve(costs, cost => (long)cost)
            : largest < Int128Max ? Solve(costs, cost => (Int128)cost)
            : Solve(costs, cost => cost);
        return [.. columns.Select(column => column < order.Length ? order[column] : MinDelaySearch.Nowhere)];
    }

    private static int[] Solve<T>(BigInteger[][] costs, Func<BigInteger, T> narrow)
        where T : struct, INumber<T> =>
        new AssignmentProblem<T>([.. costs.Select(row => row.Select(narrow).ToArray())]).Solve();

    private static PlacementResult Search(
        PlacementRequest request, CostScale scale, WaitingTask[] tasks, int[] order)
    {
        var greedy = new MinDelayHeuristic(request, scale, tasks, order).Solve();
        var search = new MinDelaySearch(request, scale, tasks, order, greedy);
        return tasks.Length <= MinDelaySearch.TasksMax && search.Run()
            ? Result(request, scale, tasks, search.Best, PlacementMethod.ExactSearch)
            : Result(request, scale, tasks, search.Best, PlacementMethod.Heuristic);
    }

    private static PlacementResult Result(
        PlacementRequest request, CostScale scale, WaitingTask[] tasks, int[] agentOf, PlacementMethod method)
    {
        var cost = BigInteger.Zero;
        var assignments = new List<Assignment>();
        for (var index = 0; index < tasks.Length; index++)
        {
            if (agentOf[index] != MinDelaySearch.Nowhere)
            {
                assignments.Add(new Assignment(tasks[index].Group, tasks[index].Instance, agentOf[index]));
                cost += scale.Cost(tasks[index].Cpus, agentOf[index]);
            }
        }

        var ordered = assignments.OrderBy(one => one.Group).ThenBy(one => one.Instance).ToImmutableArray();
        return new PlacementResult(ordered, scale.ToRatio(cost), method);
    }
}
