using System.Numerics;

namespace ClusterScheduler.Core.Placement.MinDelay;

/// <summary>
/// A good answer without a promise: the largest task first, each to the agent with the most free processors before
/// the round that still takes it; then tasks move and change places while that lowers the sum, a bounded number of
/// times.
/// </summary>
internal sealed class MinDelayHeuristic(
    PlacementRequest request, CostScale scale, WaitingTask[] tasks, int[] order)
{
    /// <summary>Passes over all tasks.</summary>
    private const int PassesMax = 8;

    /// <summary>Above this number of tasks, pairs are not tried: they would be too many.</summary>
    private const int PairedTasksMax = 400;

    private readonly PlacementRound _round = new(request);
    private readonly int[] _agentOf = [.. tasks.Select(_ => MinDelaySearch.Nowhere)];
    private readonly int[] _freest = [.. order.OrderByDescending(agent => request.Agents[agent].Free.Cpus)];

    /// <summary>The agent of each task.</summary>
    public int[] Solve()
    {
        var largestFirst = Enumerable.Range(0, tasks.Length).OrderByDescending(task => tasks[task].Cpus).ToArray();
        var changed = true;
        for (var pass = 0; pass < PassesMax && changed; pass++)
        {
            changed = false;
            foreach (var task in largestFirst)
            {
                changed |= MoveToFreest(task);
            }

            changed |= tasks.Length <= PairedTasksMax && ExchangePairs();
        }

        return _agentOf;
    }

    /// <summary>To the first agent that costs less than where the task is now.</summary>
    private bool MoveToFreest(int task)
    {
        var group = tasks[task].Group;
        var now = _agentOf[task];
        foreach (var agent in _freest)
        {
            if (now != MinDelaySearch.Nowhere && request.Agents[agent].Free.Cpus <= request.Agents[now].Free.Cpus)
            {
                return false;
            }

            if (now != MinDelaySearch.Nowhere)
            {
                _round.TakeBack(group, now);
            }

            if (_round.CanPlace(group, agent))
            {
                _round.Place(group, agent);
                _agentOf[task] = agent;
                return true;
            }

            if (now != MinDelaySearch.Nowhere)
            {
                _round.Place(group, now);
            }
        }

        return false;
    }

    private bool ExchangePairs()
    {
        var changed = false;
        for (var left = 0; left < tasks.Length; left++)
        {
            for (var right = left + 1; right < tasks.Length; right++)
            {
                changed |= Exchange(left, right);
            }
        }

        return changed;
    }

    private bool Exchange(int left, int right)
    {
        var (leftAgent, rightAgent) = (_agentOf[left], _agentOf[right]);
        if (leftAgent == rightAgent || leftAgent == MinDelaySearch.Nowhere || rightAgent == MinDelaySearch.Nowhere
            || Cost(left, rightAgent) + Cost(right, leftAgent) >= Cost(left, leftAgent) + Cost(right, rightAgent))
        {
            return false;
        }

        _round.TakeBack(tasks[left].Group, leftAgent);
        _round.TakeBack(tasks[right].Group, rightAgent);
        if (_round.CanPlace(tasks[left].Group, rightAgent))
        {
            _round.Place(tasks[left].Group, rightAgent);
            if (_round.CanPlace(tasks[right].Group, leftAgent))
            {
                _round.Place(tasks[right].Group, leftAgent);
                (_agentOf[left], _agentOf[right]) = (rightAgent, leftAgent);
                return true;
            }

            _round.TakeBack(tasks[left].Group, rightAgent);
        }

        _round.Place(tasks[left].Group, leftAgent);
        _round.Place(tasks[right].Group, rightAgent);
        return false;
    }

    private BigInteger Cost(int task, int agent) => scale.Cost(tasks[task].Cpus, agent);
}
