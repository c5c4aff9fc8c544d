using System.Numerics;

namespace ClusterScheduler.Core.Placement.MinDelay;

/// <summary>
/// Minimum-cost assignment of every row to a column of its own, by shortest augmenting paths (the Hungarian method in
/// the form of Jonker and Volgenant, O(rows² · columns)). Among assignments of equal cost the one with the smallest
/// columns wins, first row first.
/// </summary>
/// <param name="cost">Cost of each row (first index) in each column; at least as many columns as rows.</param>
/// <typeparam name="T">Whole numbers wide enough for rows times the largest cost.</typeparam>
internal sealed class AssignmentProblem<T>(T[][] cost)
    where T : struct, INumber<T>
{
    private const int Free = -1;

    private readonly int _rows = cost.Length;
    private readonly int _columns = cost.Length == 0 ? 0 : cost[0].Length;
    private readonly T[] _rowPrice = new T[cost.Length];
    private readonly T[] _columnPrice = new T[cost.Length == 0 ? 0 : cost[0].Length];
    private readonly int[] _rowOf = [.. Enumerable.Repeat(Free, cost.Length == 0 ? 0 : cost[0].Length)];
    private readonly int[] _columnOf = [.. Enumerable.Repeat(Free, cost.Length)];

    /// <summary>The column of each row.</summary>
    public int[] Solve()
    {
        for (var row = 0; row < _rows; row++)
        {
            Augment(row);
        }

        for (var row = 0; row < _rows; row++)
        {
            PreferSmallest(row);
        }

        return _columnOf;
    }

    /// <summary>Brings one more row in along the cheapest path of reassignments.</summary>
    private void Augment(int start)
    {
        var slack = new T[_columns];
        var known = new bool[_columns];
        var from = new int[_columns];
        var done = new bool[_columns];
        var (row, column) = (start, Free);
        do
        {
            if (column != Free)
            {
                done[column] = true;
            }

            var next = Free;
            for (var candidate = 0; candidate < _columns; candidate++)
            {
                if (done[candidate])
                {
                    continue;
                }

                var reduced = Reduced(row, candidate);
                if (!known[candidate] || reduced < slack[candidate])
                {
                    (slack[candidate], from[candidate], known[candidate]) = (reduced, column, true);
                }

                next = next == Free || slack[candidate] < slack[next] ? candidate : next;
            }

            Reprice(start, slack, done, slack[next]);
            column = next;
            row = _rowOf[column];
        }
        while (row != Free);

        while (column != Free)
        {
            var previous = from[column];
            _rowOf[column] = previous == Free ? start : _rowOf[previous];
            _columnOf[_rowOf[column]] = column;
            column = previous;
        }
    }

    private void Reprice(int start, T[] slack, bool[] done, T delta)
    {
        _rowPrice[start] += delta;
        for (var column = 0; column < _columns; column++)
        {
            if (done[column])
            {
                _rowPrice[_rowOf[column]] += delta;
                _columnPrice[column] -= delta;
            }
            else
            {
                slack[column] -= delta;
            }
        }
    }

    /// <summary>Moves a row to the smallest column that an optimal assignment allows it, rows before it staying. The
    /// optimal assignments are those inside the tight pairs that use every column whose price is not 0.</summary>
    private void PreferSmallest(int row)
    {
        for (var column = 0; column < _columnOf[row]; column++)
        {
            if (IsTight(row, column) && TryGive(row, column))
            {
                return;
            }
        }
    }

    /// <summary>Gives the column to the row if whoever has it can go elsewhere, ending in the column that the row
    /// leaves. Nobody (the last index) has the free columns and may leave only such of price 0.</summary>
    private bool TryGive(int row, int column)
    {
        var nobody = _rows;
        var left = _columnOf[row];
        var first = _rowOf[column] == Free ? nobody : _rowOf[column];
        if (first < row)
        {
            return false;
        }

        var via = new (int Owner, int Column)[_rows + 1];
        var seen = new bool[_rows + 1];
        seen[first] = true;
        var queue = new Queue<int>([first]);
        while (queue.TryDequeue(out var owner))
        {
            for (var target = 0; target < _columns; target++)
            {
                var mayTake = owner == nobody ? T.IsZero(_columnPrice[target]) : IsTight(owner, target);
                if (target == column || !mayTake)
                {
                    continue;
                }

                if (target == left)
                {
                    Shift(row, column, owner, left, via);
                    return true;
                }

                var next = _rowOf[target] == Free ? nobody : _rowOf[target];
                if (next > row && !seen[next])
                {
                    seen[next] = true;
                    via[next] = (owner, target);
                    queue.Enqueue(next);
                }
            }
        }

        return false;
    }

    private void Shift(int row, int column, int last, int left, (int Owner, int Column)[] via)
    {
        var (owner, takes) = (last, left);
        var first = _rowOf[column] == Free ? _rows : _rowOf[column];
        while (true)
        {
            Put(owner, takes);
            if (owner == first)
            {
                break;
            }

            (owner, takes) = via[owner];
        }

        Put(row, column);
    }

    private void Put(int owner, int column)
    {
        _rowOf[column] = owner == _rows ? Free : owner;
        if (owner < _rows)
        {
            _columnOf[owner] = column;
        }
    }

    private bool IsTight(int row, int column) => T.IsZero(Reduced(row, column));

    private T Reduced(int row, int column) => cost[row][column] - _rowPrice[row] - _columnPrice[column];
}
