using System.Collections.Immutable;

namespace ClusterScheduler.Framework.Frameworks;

/// <summary>Tasks: statuses on their way to the scheduler, kills on their way to the tasks.</summary>
public sealed partial class FrameworkActor
{
    private readonly Dictionary<TaskId, (int Number, StatusUpdate Update)> latest = [];
    private readonly Dictionary<TaskId, StatusUpdate> unacknowledged = [];
    private readonly Dictionary<TaskId, TimeSpan?> kills = [];
    private readonly List<TaskId> ended = [];
    private readonly HashSet<TaskId> questions = [];
    private readonly Queue<FrameworkProtocol.TaskSummary> completed = [];

    private void FromTasks()
    {
        Command<FrameworkProtocol.TaskStaged>(staged => Staged(staged.TaskId));
        Command<FrameworkProtocol.KillNoted>(noted => kills.Remove(noted.TaskId));
        Command<FrameworkProtocol.TaskUpdated>(updated => TakeUpdate(updated.Update, updated.Number));
        Command<FrameworkProtocol.TaskNewest>(Learn);
    }

    private void TakeUpdate(StatusUpdate update, int number)
    {
        if (State is FrameworkLife.Removed)
        {
            AcknowledgeFor(update);
            return;
        }

        if (IsLate(update, number))
        {
            AcknowledgeFor(update);
            return;
        }

        if (update.Reason != StatusReason.Reconciliation)
        {
            NoteLatest(update, number);
        }

        if (update.Uuid is not null)
        {
            unacknowledged[update.TaskId] = update;
        }

        Forward(update);
    }

    /// <summary>
    /// What a task did before its end, said after it by an entity that was frozen and is no longer the task's: it must
    /// not follow the end (I4). Nor may an answer to a question that what happened since has overtaken; who asked is
    /// told that, or asks again.
    /// </summary>
    private bool IsLate(StatusUpdate update, int number)
    {
        var isAnswer = update.Reason == StatusReason.Reconciliation;
        if (State is not FrameworkLife.Active active || update.State.IsTerminal()
            || (isAnswer ? update.State == TaskState.Unknown : update.Uuid is null))
        {
            return false;
        }

        return !active.Tasks.ContainsKey(update.TaskId)
            || (latest.TryGetValue(update.TaskId, out var known)
                && (known.Update.State.IsTerminal() || (isAnswer && number < known.Number)));
    }

    private void Forward(StatusUpdate update)
    {
        if (registered)
        {
            Say(new SchedulerProtocol.Updated(connection, update));
        }
    }

    /// <summary>A framework that is over takes every update itself, so that its tasks can rest; one that was granted
    /// and never staged is known to nobody.</summary>
    private void AcknowledgeFor(StatusUpdate update)
    {
        if (update.Uuid is { } uuid)
        {
            refs.Tasks.Tell(new TaskProtocol.AcknowledgeUpdate(id, update.TaskId, uuid));
        }

        if (update.State.IsTerminal() || update.State == TaskState.Unknown)
        {
            End(update.TaskId);
        }
        else if (State is FrameworkLife.Removed)
        {
            // Its launch may have been overtaken by the kill.
            refs.Tasks.Tell(new TaskProtocol.KillTask(id, update.TaskId, null));
        }
    }

    private void Acknowledge(FrameworkProtocol.Acknowledge acknowledge)
    {
        refs.Tasks.Tell(new TaskProtocol.AcknowledgeUpdate(id, acknowledge.TaskId, acknowledge.Uuid));
        if (State is FrameworkLife.Active active
            && active.Undelivered.TryGetValue(acknowledge.TaskId, out var dropped)
            && dropped.Uuid == acknowledge.Uuid)
        {
            End(acknowledge.TaskId);
        }

        if (unacknowledged.TryGetValue(acknowledge.TaskId, out var update) && update.Uuid == acknowledge.Uuid)
        {
            unacknowledged.Remove(acknowledge.TaskId);
            if (update.State.IsTerminal())
            {
                End(acknowledge.TaskId);
            }
        }
    }

    /// <summary>
    /// Ended tasks leave the index in batches; one that is forgotten by a crash is only asked once more.
    /// </summary>
    private void End(TaskId task)
    {
        kills.Remove(task);
        ended.Add(task);
        if (ended.Count >= options.EndedTasksBatch)
        {
            StoreEnded();
        }
        else if (ended.Count == 1)
        {
            Timers.StartSingleTimer(EndedTimer, FlushEnded.Instance, options.Retry);
        }
    }

    private void StoreEnded()
    {
        if (ended.Count == 0)
        {
            return;
        }

        ImmutableArray<TaskId> batch = [.. ended];
        ended.Clear();
        foreach (var task in batch)
        {
            Complete(task);
        }

        Run(FrameworkDecider.Decide(State, new FrameworkCommand.EndTasks(batch), Now));
    }

    private void Complete(TaskId task)
    {
        unlearned.Remove(task);
        if (!latest.Remove(task, out var last)
            || State is not FrameworkLife.Active active || !active.Tasks.TryGetValue(task, out var known))
        {
            return;
        }

        completed.Enqueue(new FrameworkProtocol.TaskSummary(
            task, known.Name, known.AgentId, known.Resources, last.Update) { Priority = known.Priority });
        if (completed.Count > options.CompletedTasksMax)
        {
            completed.Dequeue();
        }
    }

    private void Kill(FrameworkProtocol.KillTask kill)
    {
        if (State is not FrameworkLife.Active active)
        {
            return;
        }

        if (IsLaunching(active, kill.TaskId) || active.Tasks.ContainsKey(kill.TaskId))
        {
            kills[kill.TaskId] = kill.Grace;
            SendKill(kill.TaskId, kill.Grace);
        }
        else
        {
            ReconcileOne(kill.TaskId);
        }
    }

    /// <summary>A task that is not staged yet is killed as soon as it is.</summary>
    private void SendKill(TaskId task, TimeSpan? grace)
    {
        if (!staging.ContainsKey(task) && State is FrameworkLife.Active active && active.Tasks.ContainsKey(task))
        {
            refs.Tasks.Tell(new TaskProtocol.KillTask(id, task, grace));
        }
    }

    private void KillAll(IEnumerable<TaskId> tasks)
    {
        foreach (var task in tasks.Order())
        {
            refs.Tasks.Tell(new TaskProtocol.KillTask(id, task, null));
        }
    }

    private void Reconcile(FrameworkProtocol.Reconcile reconcile)
    {
        if (State is not FrameworkLife.Active active)
        {
            return;
        }

        var asked = reconcile.TaskIds.IsDefaultOrEmpty ? active.Tasks.Keys.Order() : reconcile.TaskIds.AsEnumerable();
        foreach (var task in asked)
        {
            ReconcileOne(task);
        }
    }

    private void ReconcileOne(TaskId task)
    {
        var active = State as FrameworkLife.Active;
        if (active is not null && active.Undelivered.TryGetValue(task, out var dropped))
        {
            Forward(dropped);
        }
        else if (staging.ContainsKey(task))
        {
            // Its entity may not have heard of it yet, and would say that nobody knows it; or the task has ended.
            questions.Add(task);
        }
        else if (active is not null && IsUnanswered(active, task))
        {
            Forward(new StatusUpdate(
                task, TaskState.Staging, StatusSource.Master, StatusReason.Reconciliation, "its launch is under way",
                Now));
        }
        else
        {
            refs.Tasks.Tell(new TaskProtocol.ReconcileTask(id, task));
        }
    }

    private static bool IsUnanswered(FrameworkLife.Active active, TaskId task) => active.Intents.Values.Any(
        intent => intent.Grant is null && intent.Launches.Any(launch => launch.TaskId == task));

    private static bool IsLaunching(FrameworkLife.Active active, TaskId task) =>
        active.Intents.Values.Any(intent => intent.Launches.Any(launch => launch.TaskId == task));

    private void ForwardUndelivered(FrameworkLife.Active active, IEnumerable<TaskId> tasks)
    {
        foreach (var task in tasks)
        {
            if (active.Undelivered.TryGetValue(task, out var update))
            {
                Forward(update);
            }
        }
    }

    private void ForwardAll()
    {
        if (State is not FrameworkLife.Active active)
        {
            return;
        }

        ForwardUndelivered(active, active.Undelivered.Keys);
        foreach (var update in unacknowledged.Values.OrderBy(static update => update.TaskId))
        {
            Forward(update);
        }
    }

    private void RepeatTasks()
    {
        foreach (var (task, grace) in kills.OrderBy(static kill => kill.Key))
        {
            SendKill(task, grace);
        }

        if (State is FrameworkLife.Active active)
        {
            ForwardUndelivered(active, active.Undelivered.Keys);
        }
        else if (State is FrameworkLife.Removed removed)
        {
            KillAll(removed.Tasks.Keys);
        }
    }
}
