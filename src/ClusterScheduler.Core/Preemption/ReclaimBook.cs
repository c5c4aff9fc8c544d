using System.Collections.Immutable;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Preemption;

using TaskKey = (FrameworkId Framework, TaskId Task);

/// <summary>
/// How far reclaiming has come: which tasks are asked back until when, which are being killed. Soft, single owner, no
/// clock. Nobody is killed who was not asked by this book for the whole time: after a failover it begins empty.
/// </summary>
public sealed class ReclaimBook
{
    /// <summary>So many ended tasks are remembered for operators.</summary>
    public const int PastMax = 100;

    private readonly SortedDictionary<TaskKey, Asked> asked = [];
    private readonly SortedDictionary<TaskKey, Killing> killing = [];
    private readonly SortedDictionary<TaskKey, Vain> inVain = [];
    private readonly Queue<ReclaimedTask> past = [];

    /// <summary>The tasks that were ended last, oldest first.</summary>
    public IReadOnlyCollection<ReclaimedTask> Past => past;

    /// <summary>Adds what is known of a task here.</summary>
    public ReclaimTask Annotate(ReclaimTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        var known = asked.GetValueOrDefault(task.Key);
        return task with
        {
            IsEnding = task.IsEnding || killing.ContainsKey(task.Key),
            AskedUntil = known?.Until,
            Verdict = known?.Verdict,
            AskedInVain = inVain.GetValueOrDefault(task.Key).Times,
        };
    }

    /// <summary>Takes a plan over: what is no longer in it is let go.</summary>
    /// <param name="plan">Decided for tasks as <see cref="Annotate"/> showed them.</param>
    /// <param name="now">The instant.</param>
    /// <param name="isThere">Whether a task still holds resources.</param>
    /// <param name="isConnected">Whether a framework can be asked; the time of one that cannot runs all the same.
    /// </param>
    public ReclaimTurn Follow(
        ReclaimPlan plan, DateTimeOffset now, Predicate<ReclaimTask> isThere, Predicate<FrameworkId> isConnected)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var offersBefore = OpenOffers().ToArray();
        Remove(asked, each => !isThere(each.Task));
        Remove(killing, each => !isThere(each.Task));
        Remove(inVain, each => !plan.IsAnyDue || !isThere(each.Task));
        ReclaimStep[] steps = [.. plan.Steps.Where(step => isThere(step.Task))];
        var changed = LetGo(steps.ToDictionary(static step => step.Task.Key));
        var kills = Kill(steps, now);
        foreach (var step in steps.Where(static step => step.Action == ReclaimAction.Ask))
        {
            asked.TryAdd(step.Task.Key, new Asked(step.Task, step.Deadline) { For = step.For });
        }

        foreach (var each in asked.Values.Where(each => each.Offer is { } offer && changed.Contains(offer)))
        {
            (each.Offer, each.Verdict) = (null, InverseVerdict.Open);
        }

        return new ReclaimTurn([.. offersBefore.Except(OpenOffers()).Order()], ToAsk(isConnected), kills);
    }

    /// <summary>The framework is asked by this inverse offer.</summary>
    public void Made(ReclaimAsk ask, OfferId offer)
    {
        ArgumentNullException.ThrowIfNull(ask);
        foreach (var task in ask.Tasks)
        {
            if (asked.TryGetValue((ask.Framework, task), out var known))
            {
                known.Offer = offer;
            }
        }
    }

    /// <summary>The framework has answered. That is all: the time that it has stays.</summary>
    public void Answered(OfferId offer, InverseVerdict verdict)
    {
        foreach (var each in asked.Values.Where(each => each.Offer == offer))
        {
            each.Verdict = verdict;
        }
    }

    /// <summary>The framework's connection ended, and what it was asked with it: it is asked again when back.</summary>
    public void Dropped(FrameworkId framework)
    {
        foreach (var each in asked.Values.Where(each => each.Task.Framework == framework))
        {
            each.Offer = null;
        }
    }

    /// <summary>The task's end is stored by its entity, which drives it: it need not be said again.</summary>
    public void Noted(FrameworkId framework, TaskId task)
    {
        if (killing.TryGetValue((framework, task), out var known))
        {
            known.IsNoted = true;
        }
    }

    private IEnumerable<(FrameworkId Framework, OfferId Offer)> OpenOffers() => asked.Values
        .Where(static each => each.Offer is not null)
        .Select(static each => (each.Task.Framework, each.Offer!.Value)).Distinct();

    /// <summary>
    /// Tasks that are not needed, not needed for the same role, or may not be killed though their time is over are no
    /// longer asked for by the same offer. Returns these offers: what else they ask for is asked for anew.
    /// </summary>
    private HashSet<OfferId> LetGo(Dictionary<TaskKey, ReclaimStep> planned)
    {
        var changed = new HashSet<OfferId>();
        foreach (var (key, known) in asked.ToArray())
        {
            var step = planned.GetValueOrDefault(key);
            if (step?.For == known.For && step.Action == ReclaimAction.WaitForDeadline)
            {
                continue;
            }

            changed.UnionWith(known.Offer is { } offer ? [offer] : []);
            if (step is { Action: ReclaimAction.WaitForDeadline })
            {
                known.For = step.For;
                continue;
            }

            asked.Remove(key);
            if (step is { Action: ReclaimAction.NotAllowedToKill })
            {
                inVain[key] = new Vain(known.Task, inVain.GetValueOrDefault(key).Times + 1);
            }
        }

        return changed;
    }

    private ImmutableArray<ReclaimKill> Kill(IEnumerable<ReclaimStep> steps, DateTimeOffset now)
    {
        var kills = killing.Values.Where(static each => !each.IsNoted)
            .Select(static each => new ReclaimKill(each.Task, each.For, IsFirst: false)).ToList();
        foreach (var step in steps.Where(
            static step => step.Action is ReclaimAction.KillRevocable or ReclaimAction.KillByPriority))
        {
            killing[step.Task.Key] = new Killing(step.Task, step.For);
            kills.Add(new ReclaimKill(step.Task, step.For, IsFirst: true));
            past.Enqueue(new ReclaimedTask(step.Task, step.For, now));
            if (past.Count > PastMax)
            {
                past.Dequeue();
            }
        }

        return [.. kills];
    }

    private ImmutableArray<ReclaimAsk> ToAsk(Predicate<FrameworkId> isConnected) =>
    [
        .. asked.Values.Where(each => each.Offer is null && isConnected(each.Task.Framework))
            .GroupBy(static each => (
                each.Task.Framework, each.Task.Agent, each.For, each.Until, each.Task.IsRevocable))
            .OrderBy(static group => group.Key)
            .Select(static group => new ReclaimAsk(
                group.Key.Framework, group.Key.Agent, group.Key.For, group.Key.Until, group.Key.IsRevocable,
                [.. group.Select(static each => each.Task.Task)],
                group.Aggregate(ResourceSet.Empty, static (sum, each) => sum + each.Task.Frees))),
    ];

    private static void Remove<T>(SortedDictionary<TaskKey, T> entries, Func<T, bool> isOver)
    {
        foreach (var key in entries.Where(entry => isOver(entry.Value)).Select(static entry => entry.Key).ToArray())
        {
            entries.Remove(key);
        }
    }

    private sealed class Asked(ReclaimTask task, DateTimeOffset until)
    {
        public ReclaimTask Task { get; } = task;

        public DateTimeOffset Until { get; } = until;

        public RoleName For { get; set; }

        public OfferId? Offer { get; set; }

        public InverseVerdict Verdict { get; set; }
    }

    private sealed class Killing(ReclaimTask task, RoleName role)
    {
        public ReclaimTask Task { get; } = task;

        public RoleName For { get; } = role;

        public bool IsNoted { get; set; }
    }

    private readonly record struct Vain(ReclaimTask Task, int Times);
}
