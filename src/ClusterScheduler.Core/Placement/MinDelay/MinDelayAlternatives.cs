using System.Collections.Immutable;
using System.Numerics;

namespace ClusterScheduler.Core.Placement.MinDelay;

/// <summary>The other ways to place the same tasks, for people who want to see why one was chosen.</summary>
/// <param name="Ways">The best ones, best first, ties by name.</param>
/// <param name="Count">How many ways there are to place as many tasks as possible; a lower bound when not
/// <paramref name="IsComplete"/>.</param>
/// <param name="IsComplete">All ways were looked at.</param>
public sealed record MinDelayAlternatives(ImmutableArray<MinDelayWay> Ways, long Count, bool IsComplete)
{
    /// <summary>Steps after which no more ways are looked for.</summary>
    public const int NodesMax = 200_000;

    /// <summary>Lists at most <paramref name="max"/> ways to place as many tasks as possible.</summary>
    public static MinDelayAlternatives List(PlacementRequest request, int max) =>
        new Walk(request, max).Run();

    private sealed class Walk(PlacementRequest request, int max)
    {
        private readonly PlacementRound _round = new(request);
        private readonly CostScale _scale = new(request);
        private readonly WaitingTask[] _tasks = WaitingTask.AllByName(request);
        private readonly int[] _order = AgentOrder.ByName(request);
        private readonly Stack<(int Task, int Agent)> _placed = [];
        private readonly List<(BigInteger Cost, int Sequence, (int Task, int Agent)[] Placed)> _ways = [];
        private int _most;
        private long _count;
        private int _nodes;

        public MinDelayAlternatives Run()
        {
            if (_tasks.Length > MinDelaySearch.TasksMax)
            {
                return new MinDelayAlternatives([], 0, IsComplete: false);
            }

            Visit(0, BigInteger.Zero);
            var best = _ways.OrderBy(way => way.Cost).ThenBy(way => way.Sequence).Take(max);
            return new MinDelayAlternatives([.. best.Select(ToWay)], _count, _nodes <= NodesMax);
        }

        private void Visit(int task, BigInteger cost)
        {
            if (++_nodes > NodesMax || _placed.Count + _tasks.Length - task < _most)
            {
                return;
            }

            if (task == _tasks.Length)
            {
                Note(cost);
                return;
            }

            foreach (var agent in _order.Where(agent => _round.CanPlace(_tasks[task].Group, agent)))
            {
                _round.Place(_tasks[task].Group, agent);
                _placed.Push((task, agent));
                Visit(task + 1, cost + _scale.Cost(_tasks[task].Cpus, agent));
                _placed.Pop();
                _round.TakeBack(_tasks[task].Group, agent);
            }

            Visit(task + 1, cost);
        }

        private void Note(BigInteger cost)
        {
            if (_placed.Count > _most)
            {
                _most = _placed.Count;
                _count = 0;
                _ways.Clear();
            }

            _ways.Add((cost, (int)_count++, [.. _placed.Reverse()]));
            if (_ways.Count > 2 * max)
            {
                _ways.Sort((left, right) => left.Cost != right.Cost
                    ? left.Cost.CompareTo(right.Cost)
                    : left.Sequence.CompareTo(right.Sequence));
                _ways.RemoveRange(max, _ways.Count - max);
            }
        }

        private MinDelayWay ToWay((BigInteger Cost, int Sequence, (int Task, int Agent)[] Placed) way) => new(
            [.. way.Placed.Select(pair => new MinDelayTerm(
                new Assignment(_tasks[pair.Task].Group, _tasks[pair.Task].Instance, pair.Agent),
                _tasks[pair.Task].Cpus,
                request.Agents[pair.Agent].Free.Cpus))],
            _scale.ToRatio(way.Cost));
    }
}

/// <summary>One way to place the tasks.</summary>
/// <param name="Terms">Task by task.</param>
/// <param name="Sum">What they add up to.</param>
public sealed record MinDelayWay(ImmutableArray<MinDelayTerm> Terms, Ratio Sum);

/// <summary>One part of a sum.</summary>
/// <param name="Assignment">The task and its agent.</param>
/// <param name="NeedCpus">rᵢ, thousandths.</param>
/// <param name="FreeCpus">sᵢ, thousandths.</param>
public readonly record struct MinDelayTerm(Assignment Assignment, long NeedCpus, long FreeCpus);
