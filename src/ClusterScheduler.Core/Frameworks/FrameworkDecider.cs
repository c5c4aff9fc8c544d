using System.Collections.Immutable;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Tasks;
using Outcome = ClusterScheduler.Core.Decisions.Decision<
    ClusterScheduler.Core.Frameworks.FrameworkEvent, ClusterScheduler.Core.Decisions.NoEffect>;

namespace ClusterScheduler.Core.Frameworks;

/// <summary>
/// The durable side of one framework: an accept is stored before the master hears of it, the master's answer before
/// a task entity does, so that whatever dies in between is done again and never twice.
/// </summary>
public static class FrameworkDecider
{
    /// <summary>Decides one command.</summary>
    public static Outcome Decide(FrameworkLife life, FrameworkCommand command, DateTimeOffset now) => command switch
    {
        FrameworkCommand.Subscribe subscribe => Subscribe(life, subscribe, now),
        FrameworkCommand.Accept accept => Accept(life, accept, now),
        FrameworkCommand.TakeAnswer answer => TakeAnswer(life, answer, now),
        FrameworkCommand.CloseIntent close => life is FrameworkLife.Active active
            && active.Intents.ContainsKey(close.AcceptId)
            ? Outcome.Storing(new FrameworkEvent.IntentClosed(close.AcceptId, now))
            : Outcome.Ignored,
        FrameworkCommand.EndTasks end => EndTasks(life, end, now),
        FrameworkCommand.Remove remove => life is FrameworkLife.Active
            ? Outcome.Storing(new FrameworkEvent.Removed(remove.Why, now))
            : Outcome.Ignored,
        _ => throw new InvalidOperationException($"no rule for {command.GetType().Name}"),
    };

    /// <summary>The only thing that changes a life.</summary>
    public static FrameworkLife Apply(FrameworkLife life, FrameworkEvent @event) => (life, @event) switch
    {
        (FrameworkLife.Unheard, FrameworkEvent.Subscribed first) => new FrameworkLife.Active(
            first.Info, 1, ImmutableSortedDictionary<long, AcceptIntent>.Empty,
            ImmutableDictionary<TaskId, FrameworkTask>.Empty, ImmutableSortedDictionary<TaskId, StatusUpdate>.Empty),
        (FrameworkLife.Active active, FrameworkEvent.Subscribed again) => active with { Info = again.Info },
        (FrameworkLife.Active active, FrameworkEvent.IntentStored stored) => Store(active, stored),
        (FrameworkLife.Active active, FrameworkEvent.IntentAnswered answered) => Answer(active, answered),
        (FrameworkLife.Active active, FrameworkEvent.IntentClosed closed) =>
            active with { Intents = active.Intents.Remove(closed.AcceptId) },
        (FrameworkLife.Active active, FrameworkEvent.TasksEnded ended) => active with
        {
            Tasks = active.Tasks.RemoveRange(ended.TaskIds),
            Undelivered = active.Undelivered.RemoveRange(ended.TaskIds),
        },
        (FrameworkLife.Removed removed, FrameworkEvent.TasksEnded ended) =>
            removed with { Tasks = removed.Tasks.RemoveRange(ended.TaskIds) },
        (FrameworkLife.Active active, FrameworkEvent.Removed removed) =>
            new FrameworkLife.Removed(removed.Why, active.Tasks),
        _ => throw new InvalidOperationException(
            $"{@event.GetType().Name} cannot follow on a framework that is {life.GetType().Name}"),
    };

    private static Outcome Subscribe(FrameworkLife life, FrameworkCommand.Subscribe subscribe, DateTimeOffset now)
    {
        if (life is FrameworkLife.Removed removed)
        {
            return Outcome.Answered(new FrameworkReply.AlreadyRemoved(removed.Why));
        }

        if (FrameworkRules.Check(subscribe.Info) is { } broken)
        {
            return Outcome.Answered(new FrameworkReply.InvalidInfo(broken));
        }

        return life is FrameworkLife.Active active && active.Info.Equals(subscribe.Info)
            ? Outcome.Answered(new FrameworkReply.Subscribed())
            : Outcome.Storing(new FrameworkEvent.Subscribed(subscribe.Info, now)).With(new FrameworkReply.Subscribed());
    }

    private static Outcome Accept(FrameworkLife life, FrameworkCommand.Accept accept, DateTimeOffset now)
    {
        if (life is not FrameworkLife.Active active)
        {
            return Outcome.Ignored;
        }

        var wanted = accept.Launches.Select(static task => task.TaskId).ToHashSet();
        var seen = active.Intents.Values.SelectMany(static intent => intent.Launches)
            .Select(static task => task.TaskId).Where(wanted.Contains).ToHashSet();
        var good = ImmutableArray.CreateBuilder<TaskInfo>(accept.Launches.Length);
        var invalid = ImmutableArray.CreateBuilder<StatusUpdate>();
        for (var i = 0; i < accept.Launches.Length; i++)
        {
            var task = accept.Launches[i];
            var broken = TaskRules.Check(task)
                ?? (active.Tasks.ContainsKey(task.TaskId) || !seen.Add(task.TaskId)
                    ? $"task id '{task.TaskId}' is in use"
                    : null);
            if (broken is null)
            {
                good.Add(task);
                continue;
            }

            invalid.Add(new StatusUpdate(
                task.TaskId, TaskState.Error, StatusSource.Master, StatusReason.TaskInvalid, broken, now)
            {
                Uuid = accept.UpdateIds[i],
            });
        }

        if (accept.Transaction is not null && invalid.Count > 0)
        {
            return RefuseTransaction(active, accept, invalid.ToImmutable(), now);
        }

        return Outcome.Storing(new FrameworkEvent.IntentStored(
            active.NextAcceptId, accept.Epoch, accept.OfferIds, good.ToImmutable(), accept.Filters,
            invalid.ToImmutable(), now)
        {
            Operations = accept.Operations,
            Transaction = accept.Transaction,
        });
    }

    /// <summary>One wrong task drops the others of its transaction; the master need not hear of it.</summary>
    private static Outcome RefuseTransaction(
        FrameworkLife.Active active,
        FrameworkCommand.Accept accept,
        ImmutableArray<StatusUpdate> invalid,
        DateTimeOffset now)
    {
        var refusal = new TransactionRefusal(
            TransactionFault.TaskInvalid, $"task '{invalid[0].TaskId}': {invalid[0].Message}");
        var wrong = invalid.Select(static update => update.TaskId).ToHashSet();
        var dropped = accept.Launches.Zip(accept.UpdateIds).Where(pair => !wrong.Contains(pair.First.TaskId))
            .Select(pair => new StatusUpdate(pair.First.TaskId, TaskState.Dropped, StatusSource.Master,
                StatusReason.TaskInvalid, $"another task of its transaction is wrong: {refusal.Message}", now)
            {
                Uuid = pair.Second,
            });
        return new Outcome(
            [
                new FrameworkEvent.IntentStored(active.NextAcceptId, accept.Epoch, accept.OfferIds, [],
                    accept.Filters, invalid, now),
                new FrameworkEvent.IntentAnswered(active.NextAcceptId, null, [.. dropped], now),
            ],
            [], new FrameworkReply.TransactionRefused(refusal));
    }

    private static Outcome TakeAnswer(FrameworkLife life, FrameworkCommand.TakeAnswer answer, DateTimeOffset now) =>
        life is FrameworkLife.Active active
        && active.Intents.TryGetValue(answer.AcceptId, out var intent) && intent.Grant is null
            ? Outcome.Storing(new FrameworkEvent.IntentAnswered(answer.AcceptId, answer.Grant, answer.Dropped, now)
            {
                Further = answer.Further,
            })
            : Outcome.Ignored;

    private static Outcome EndTasks(FrameworkLife life, FrameworkCommand.EndTasks end, DateTimeOffset now)
    {
        var known = life switch
        {
            FrameworkLife.Active active => end.TaskIds.Where(
                id => active.Tasks.ContainsKey(id) || active.Undelivered.ContainsKey(id)),
            FrameworkLife.Removed removed => end.TaskIds.Where(removed.Tasks.ContainsKey),
            _ => [],
        };
        ImmutableArray<TaskId> ended = [.. known];
        return ended.IsEmpty ? Outcome.Ignored : Outcome.Storing(new FrameworkEvent.TasksEnded(ended, now));
    }

    private static FrameworkLife.Active Store(FrameworkLife.Active active, FrameworkEvent.IntentStored stored) =>
        active with
        {
            NextAcceptId = stored.AcceptId + 1,
            Intents = active.Intents.Add(stored.AcceptId, new AcceptIntent(
                stored.AcceptId, stored.Epoch, stored.OfferIds, stored.Launches, stored.Filters, null)
            {
                Operations = stored.Operations,
                Transaction = stored.Transaction,
            }),
            Undelivered = active.Undelivered.SetItems(stored.Invalid.Select(
                static update => KeyValuePair.Create(update.TaskId, update))),
        };

    private static FrameworkLife.Active Answer(FrameworkLife.Active active, FrameworkEvent.IntentAnswered answered)
    {
        var undelivered = active.Undelivered.SetItems(answered.Dropped.Select(
            static update => KeyValuePair.Create(update.TaskId, update)));
        if (answered.Grant is not { } grant)
        {
            return active with { Intents = active.Intents.Remove(answered.AcceptId), Undelivered = undelivered };
        }

        var intent = active.Intents[answered.AcceptId] with { Grant = grant, Further = answered.Further };
        var agents = intent.AllGrants().SelectMany(static each => each.TaskIds.Select(id => (id, each.AgentId)))
            .ToDictionary(static pair => pair.id, static pair => pair.AgentId);
        return active with
        {
            Intents = active.Intents.SetItem(answered.AcceptId, intent),
            Tasks = active.Tasks.SetItems(intent.Launches.Where(task => agents.ContainsKey(task.TaskId)).Select(
                task => KeyValuePair.Create(
                    task.TaskId, new FrameworkTask(
                        task.Name, agents[task.TaskId], task.Resources, task.Priority)))),
            Undelivered = undelivered,
        };
    }
}
