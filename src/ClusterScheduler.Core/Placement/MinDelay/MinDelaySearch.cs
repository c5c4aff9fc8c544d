using System.Numerics;

namespace ClusterScheduler.Core.Placement.MinDelay;

/// <summary>
/// Branch and bound over all ways to give the tasks, in order of their names, to the agents, in order of theirs.
/// What is found first among equal sums is therefore first by name.
/// </summary>
internal sealed class MinDelaySearch
{
    /// <summary>A task that stays waiting.</summary>
    public const int Nowhere = -1;

    /// <summary>Steps after which the search gives up.</summary>
    public const int NodesMax = 2_000_000;

    /// <summary>More tasks than this are not searched: the steps would not reach anyway.</summary>
    public const int TasksMax = 200;

    private readonly PlacementRound _round;
    private readonly WaitingTask[] _tasks;
    private readonly int[] _order;
    private readonly BigInteger[][] _costs;
    private readonly BigInteger[] _leastFrom;
    private readonly int[] _rank;
    private readonly BigInteger _unplaced;
    private BigInteger _bestCost;
    private bool _bestIsFirstByName;
    private int _nodes;

    /// <param name="request">The question.</param>
    /// <param name="scale">Exact costs.</param>
    /// <param name="tasks">By name.</param>
    /// <param name="order">Agents by name.</param>
    /// <param name="start">A feasible answer: the agent of each task.</param>
    public MinDelaySearch(
        PlacementRequest request, CostScale scale, WaitingTask[] tasks, int[] order, int[] start)
    {
        _round = new PlacementRound(request);
        _tasks = tasks;
        _order = order;
        _unplaced = scale.Unplaced(tasks.Length);
        _costs = [.. tasks.Select(task => order.Select(agent => scale.Cost(task.Cpus, agent)).ToArray())];
        _rank = new int[tasks.Length];
        _leastFrom = new BigInteger[tasks.Length + 1];
        for (var task = tasks.Length - 1; task >= 0; task--)
        {
            _leastFrom[task] = _leastFrom[task + 1] + Least(task);
        }

        Best = start;
        for (var task = 0; task < tasks.Length; task++)
        {
            _bestCost += start[task] == Nowhere ? _unplaced : scale.Cost(tasks[task].Cpus, start[task]);
        }
    }

    /// <summary>The agent of each task, or <see cref="Nowhere"/>: the best answer found.</summary>
    public int[] Best { get; private set; }

    /// <summary>Searches; false when it gave up, and <see cref="Best"/> may not be the best.</summary>
    public bool Run()
    {
        Visit(0, BigInteger.Zero);
        return _nodes < NodesMax;
    }

    private BigInteger Least(int task)
    {
        var least = _unplaced;
        for (var rank = 0; rank < _order.Length; rank++)
        {
            if (_costs[task][rank] < least && _round.CanPlace(_tasks[task].Group, _order[rank]))
            {
                least = _costs[task][rank];
            }
        }

        return least;
    }

    private void Visit(int task, BigInteger cost)
    {
        if (++_nodes >= NodesMax || IsHopeless(cost + _leastFrom[task]))
        {
            return;
        }

        if (task == _tasks.Length)
        {
            _bestCost = cost;
            _bestIsFirstByName = true;
            Best = [.. _rank.Select(rank => rank == _order.Length ? Nowhere : _order[rank])];
            return;
        }

        // Equal tasks in a row: going up only leaves out what is the same with two of them exchanged.
        var group = _tasks[task].Group;
        var first = task > 0 && _tasks[task - 1].Group == group ? _rank[task - 1] : 0;
        for (var rank = first; rank < _order.Length; rank++)
        {
            if (_round.CanPlace(group, _order[rank]))
            {
                _round.Place(group, _order[rank]);
                _rank[task] = rank;
                Visit(task + 1, cost + _costs[task][rank]);
                _round.TakeBack(group, _order[rank]);
            }
        }

        _rank[task] = _order.Length;
        Visit(task + 1, cost + _unplaced);
    }

    private bool IsHopeless(BigInteger bound) => _bestIsFirstByName ? bound >= _bestCost : bound > _bestCost;
}
