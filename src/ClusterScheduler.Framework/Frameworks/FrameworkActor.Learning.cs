namespace ClusterScheduler.Framework.Frameworks;

/// <summary>
/// The newest statuses of tasks: not stored here, since the tasks store them. After its own start the entity asks every
/// task, a bounded number at a time, and those that did not answer again; being asked also wakes a task that owes
/// something.
/// </summary>
public sealed partial class FrameworkActor
{
    private readonly HashSet<TaskId> unlearned = [];
    private readonly Queue<TaskId> toLearn = [];
    private readonly HashSet<TaskId> asked = [];

    private void LearnAll(FrameworkLife.Active active)
    {
        foreach (var task in active.Tasks.Keys.Order())
        {
            unlearned.Add(task);
            toLearn.Enqueue(task);
            if (!staging.ContainsKey(task))
            {
                WakeFromNowOn(task);
            }
        }

        LearnMore();
    }

    private void LearnMore()
    {
        while (asked.Count < options.LearningMax && toLearn.TryDequeue(out var task))
        {
            // One that is still being staged is asked as soon as it is.
            if (unlearned.Contains(task) && !staging.ContainsKey(task))
            {
                asked.Add(task);
                refs.Tasks.Tell(new TaskProtocol.ResumeTask(id, task) { TellNewest = true });
            }
        }
    }

    /// <summary>Who did not answer goes to the end of the line: a shard that is away holds nobody up.</summary>
    private void RepeatLearning()
    {
        foreach (var task in asked.Order())
        {
            toLearn.Enqueue(task);
        }

        asked.Clear();
        LearnMore();
    }

    private void LearnStaged(TaskId task)
    {
        if (unlearned.Contains(task))
        {
            toLearn.Enqueue(task);
            LearnMore();
        }
    }

    private void Learn(FrameworkProtocol.TaskNewest newest)
    {
        asked.Remove(newest.TaskId);
        if (unlearned.Remove(newest.TaskId) && newest.Update is { } update)
        {
            NoteLatest(update, newest.Number);
        }

        LearnMore();
    }

    /// <summary>What a task repeats because nobody acknowledged it does not hide a newer status.</summary>
    private void NoteLatest(StatusUpdate update, int number)
    {
        if (number == 0 || number >= latest.GetValueOrDefault(update.TaskId).Number)
        {
            latest[update.TaskId] = (number, update);
        }
    }
}
