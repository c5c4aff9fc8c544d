using System.Collections.Immutable;
using static ClusterScheduler.Core.Tasks.TaskState;

namespace ClusterScheduler.Core.Tasks;

/// <summary>
/// Which state may follow which. A terminal state is never followed (I4); an unreachable task may turn out to be
/// anything. What is not in the table is acknowledged to the agent and changes nothing.
/// </summary>
public static class TaskTransitions
{
    private static readonly ImmutableArray<TaskState> Ends =
        [Finished, Failed, Killed, Error, Lost, Dropped, Gone, GoneByOperator];

    /// <summary>The table: from each state, the states that may follow.</summary>
    public static ImmutableSortedDictionary<TaskState, ImmutableArray<TaskState>> Table { get; } =
        new Dictionary<TaskState, ImmutableArray<TaskState>>
        {
            [Staging] = [Starting, Running, Killing, Unreachable, .. Ends],
            [Starting] = [Running, Killing, Unreachable, .. Ends],
            [Running] = [Killing, Unreachable, .. Ends],
            [Killing] = [Unreachable, .. Ends],
            [Unreachable] = [Starting, Running, Killing, .. Ends],
            [Finished] = [],
            [Failed] = [],
            [Killed] = [],
            [Error] = [],
            [Lost] = [],
            [Dropped] = [],
            [Gone] = [],
            [GoneByOperator] = [],
            [Unknown] = [],
        }.ToImmutableSortedDictionary();

    /// <summary>True where the table has the pair, or where a running task reports that it still runs.</summary>
    public static bool Allows(TaskState from, TaskState to) =>
        Table[from].Contains(to) || (from == Running && to == Running);
}
