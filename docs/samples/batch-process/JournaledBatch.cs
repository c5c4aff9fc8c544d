using System.Collections.Immutable;
using Akka.Actor;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Tasks;
using ClusterScheduler.Sdk;
using ClusterScheduler.Sdk.Placement;

namespace BatchProcess;

/// <summary>
/// Runs shell lines, each as a task, until every one of them has ended. What it launches it writes down first; so a
/// process that comes back after its death asks about those tasks and runs no line twice.
/// </summary>
public sealed class JournaledBatch : SchedulerActor
{
    private readonly ImmutableArray<string> _lines;
    private readonly BatchJournal _journal;
    private readonly TaskCompletionSource<ImmutableArray<StatusUpdate>> _done;
    private readonly SortedSet<int> _waiting;
    private readonly SortedDictionary<int, StatusUpdate> _ended = [];

    public JournaledBatch(
        SchedulerSettings settings,
        ImmutableArray<string> lines,
        BatchJournal journal,
        TaskCompletionSource<ImmutableArray<StatusUpdate>> done)
        : base(settings)
    {
        (_lines, _journal, _done) = (lines, journal, done);
        _waiting = [.. Enumerable.Range(0, lines.Length).Except(journal.Launched.Values).Except(journal.Ended.Keys)];
        foreach (var (line, state) in journal.Ended)
        {
            _ended[line] = new StatusUpdate(
                new TaskId($"line-{line}"), state, StatusSource.Executor, StatusReason.None, "ended before", default);
        }
    }

    /// <summary>Runs what is left of a batch in the cluster of this actor system; gives each line's end, in
    /// order.</summary>
    public static Task<ImmutableArray<StatusUpdate>> Run(
        IActorRefFactory system, SchedulerSettings settings, BatchJournal journal, ImmutableArray<string> lines)
    {
        var done = new TaskCompletionSource<ImmutableArray<StatusUpdate>>(
            TaskCreationOptions.RunContinuationsAsynchronously);
        system.ActorOf(Props.Create(() => new JournaledBatch(settings, lines, journal, done)));
        return done.Task;
    }

    /// <summary>Asks about the tasks that an earlier life of this process launched.</summary>
    protected override void Registered(FrameworkId frameworkId, MasterEpoch epoch)
    {
        if (!_journal.Launched.IsEmpty)
        {
            Reconcile([.. _journal.Launched.Keys]);
        }

        EndWhenAllEnded();
    }

    protected override void ResourceOffers(ImmutableArray<Offer> offers)
    {
        var lineOf = _waiting.ToDictionary(static line => new TaskId($"line-{line}-{Guid.NewGuid():N}"));
        var picked = OfferPicker.Pick(offers, lineOf.Select(pair =>
            TaskDemand.Shell(pair.Key.Value, _lines[pair.Value], cpus: 0.5, memMiB: 32)));
        foreach (var use in picked.Used)
        {
            foreach (var task in use.Tasks)
            {
                _journal.Launch(lineOf[task.TaskId], task.TaskId);
                _waiting.Remove(lineOf[task.TaskId]);
            }

            Accept([use.Offer.Id], use.Tasks);
        }

        if (!picked.Unused.IsEmpty)
        {
            Decline(picked.Unused.Select(static offer => offer.Id));
        }

        if (_waiting.Count == 0)
        {
            Suppress();
        }
    }

    protected override void StatusUpdate(StatusUpdate update)
    {
        var neverRan = update.State is TaskState.Dropped or TaskState.Unknown;
        if ((!neverRan && !update.State.IsTerminal()) || !_journal.Launched.TryGetValue(update.TaskId, out var line))
        {
            return;
        }

        if (neverRan)
        {
            _journal.Drop(update.TaskId);
            _waiting.Add(line);
            Revive();
        }
        else
        {
            _journal.End(line, update.TaskId, update.State);
            _ended[line] = update;
        }

        EndWhenAllEnded();
    }

    protected override void TornDown()
    {
        _done.TrySetResult([.. _ended.Values]);
        base.TornDown();
    }

    protected override void Error(string message)
    {
        _done.TrySetException(new InvalidOperationException(message));
        base.Error(message);
    }

    private void EndWhenAllEnded()
    {
        if (_ended.Count == _lines.Length)
        {
            Teardown();
        }
    }
}
