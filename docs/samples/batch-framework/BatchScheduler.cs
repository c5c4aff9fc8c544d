using System.Collections.Immutable;
using Akka.Actor;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Tasks;
using ClusterScheduler.Sdk;
using ClusterScheduler.Sdk.Placement;

namespace BatchFramework;

/// <summary>Runs shell lines, each as a task, until every one of them has ended.</summary>
public sealed class BatchScheduler(
    SchedulerSettings settings,
    ImmutableArray<string> lines,
    TaskCompletionSource<ImmutableArray<StatusUpdate>> done) : SchedulerActor(settings)
{
    private readonly SortedSet<int> _waiting = [.. Enumerable.Range(0, lines.Length)];
    private readonly Dictionary<TaskId, int> _launched = [];
    private readonly SortedDictionary<int, StatusUpdate> _ended = [];

    /// <summary>Runs a batch in the cluster of this actor system; gives each line's end, in order.</summary>
    public static Task<ImmutableArray<StatusUpdate>> Run(
        IActorRefFactory system, SchedulerSettings settings, params ImmutableArray<string> lines)
    {
        var done = new TaskCompletionSource<ImmutableArray<StatusUpdate>>(
            TaskCreationOptions.RunContinuationsAsynchronously);
        system.ActorOf(Props.Create(() => new BatchScheduler(settings, lines, done)));
        return done.Task;
    }

    protected override void ResourceOffers(ImmutableArray<Offer> offers)
    {
        var lineOf = _waiting.ToDictionary(static line => new TaskId($"line-{line}-{Guid.NewGuid():N}"));
        var picked = OfferPicker.Pick(offers, lineOf.Select(pair =>
            TaskDemand.Shell(pair.Key.Value, lines[pair.Value], cpus: 0.5, memMiB: 32)));
        foreach (var use in picked.Used)
        {
            foreach (var task in use.Tasks)
            {
                _launched[task.TaskId] = lineOf[task.TaskId];
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
        if ((!neverRan && !update.State.IsTerminal()) || !_launched.Remove(update.TaskId, out var line))
        {
            return;
        }

        if (neverRan)
        {
            _waiting.Add(line);
            Revive();
        }
        else
        {
            _ended[line] = update;
        }

        if (_ended.Count == lines.Length)
        {
            Teardown();
        }
    }

    protected override void TornDown()
    {
        done.TrySetResult([.. _ended.Values]);
        base.TornDown();
    }

    protected override void Error(string message)
    {
        done.TrySetException(new InvalidOperationException(message));
        base.Error(message);
    }
}
