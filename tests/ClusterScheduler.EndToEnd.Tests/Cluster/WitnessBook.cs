using System.Collections.Immutable;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.EndToEnd.Tests.Cluster;

/// <summary>
/// All that a framework is told, held against what it relies on; what does not hold is kept until somebody looks.
/// Outlives the scheduler, which may have to join the cluster again.
/// </summary>
/// <param name="role">The framework's only one.</param>
internal sealed class WitnessBook(string role)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TaskId, Known> _tasks = [];
    private readonly HashSet<OfferId> _offers = [];
    private readonly List<string> _broken = [];
    private MasterEpoch _epoch;
    private bool _isClosing;

    /// <summary>Nothing more is to be launched.</summary>
    public bool IsClosing
    {
        get => Locked(() => _isClosing);
        set => Locked(() => _isClosing = value);
    }

    /// <summary>Tasks that were launched and have not ended.</summary>
    public ImmutableArray<TaskId> Open => Locked(
        () => _tasks.Where(static task => !task.Value.IsOver).Select(static task => task.Key).ToImmutableArray());

    /// <summary>The tasks that have not ended, and what was said of them last.</summary>
    public string Tell() => Locked(() => string.Join('\n', _tasks.Where(static task => !task.Value.IsOver)
        .Select(static task => $"{task.Key}: {task.Value.State?.ToString() ?? "nothing"}")));

    /// <summary>How many tasks finished.</summary>
    public int Finished => Locked(() => _tasks.Values.Count(static task => task.State == TaskState.Finished));

    public void SubscribedTo(MasterEpoch epoch) => Locked(() =>
    {
        Expect(epoch >= _epoch, $"subscribed to master {epoch} after {_epoch} (I11)");
        return _epoch = epoch > _epoch ? epoch : _epoch;
    });

    public void Offered(Offer offer) => Locked(() =>
    {
        Expect(_offers.Add(offer.Id), $"offer {offer.Id} was made twice (I3)");
        return Expect(offer.Role == role, $"offer {offer.Id} is one of role {offer.Role} (I8)");
    });

    /// <summary>
    /// Two tasks, ids never used before, are launched with one offer, one after the other. Which of them is first at
    /// the master is not said: a launch may be lost on its way.
    /// </summary>
    public void LaunchedWithOne(TaskId task, TaskId other) => Locked(
        () => (_tasks[task], _tasks[other]) = (new Known(other, null), new Known(task, null)));

    public void Updated(StatusUpdate update) => Locked(() =>
    {
        if (!_tasks.TryGetValue(update.TaskId, out var known))
        {
            return Expect(false, $"an update of a task of somebody else: {update} (I8)");
        }

        Expect(!known.IsOver || update.State == known.State, $"{known.State} is followed by {update} (I4)");
        Expect(
            update.State != TaskState.Starting || known.State is not (TaskState.Running or TaskState.Killing),
            $"{known.State} is followed by {update} (I4)");
        Expect(
            HasNotRun(update.State) || _tasks[known.Rival].State is not { } rival || HasNotRun(rival),
            $"an offer was used twice: {update}, and {known.Rival} is {_tasks[known.Rival].State} (I3)");
        Expect(
            update.State is not TaskState.Dropped || update.Message.Length > 0, $"dropped without a reason: {update}");
        _tasks[update.TaskId] = known with { State = known.IsOver ? known.State : update.State };
        return true;
    });

    /// <summary>What was told holds, and agrees with what ran.</summary>
    /// <param name="started">The tasks that ran, of whomever.</param>
    public void Check(IReadOnlyCollection<string> started) => Locked(() =>
    {
        var ran = started.ToHashSet(StringComparer.Ordinal);
        foreach (var (task, known) in _tasks)
        {
            Expect(known.IsOver, $"{task} was launched, and its framework was last told {known.State} (I4)");
            Expect(
                ran.Contains(task.Value) == (known.State == TaskState.Finished),
                $"{task} is {known.State}, and {(ran.Contains(task.Value) ? "it ran" : "it did not run")} (I3, I4)");
        }

        Assert.True(_broken.Count == 0, string.Join('\n', _broken));
        return true;
    });

    /// <summary>Refused, not known, or not decided on yet.</summary>
    private static bool HasNotRun(TaskState state) =>
        state is TaskState.Staging or TaskState.Dropped or TaskState.Unknown;

    private bool Expect(bool holds, string otherwise)
    {
        if (!holds)
        {
            _broken.Add(otherwise);
        }

        return holds;
    }

    private T Locked<T>(Func<T> action)
    {
        lock (_lock)
        {
            return action();
        }
    }

    private sealed record Known(TaskId Rival, TaskState? State)
    {
        /// <summary>Ended; or nobody knows of it, though its launch was said: it never was.</summary>
        public bool IsOver => State is { } state && (state.IsTerminal() || state == TaskState.Unknown);
    }
}
