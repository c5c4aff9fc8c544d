namespace ClusterScheduler.Framework.Frameworks;

/// <summary>
/// Wakes each of the framework's tasks once in a while, so that those of a node that died go on with what they owe,
/// though nobody sends them anything.
/// </summary>
public sealed partial class FrameworkActor
{
    private readonly Queue<TaskId> toWake = [];
    private double wakeShare;

    private void WakeSome()
    {
        var tasks = TasksOf(State);
        if (toWake.Count == 0)
        {
            foreach (var task in tasks.Keys.Order())
            {
                toWake.Enqueue(task);
            }
        }

        wakeShare += tasks.Count * (options.Retry / options.WakeInterval);
        for (; wakeShare >= 1; wakeShare--)
        {
            if (toWake.TryDequeue(out var task) && tasks.ContainsKey(task))
            {
                Wake(task);
            }
        }
    }

    private void Wake(TaskId task)
    {
        if (!staging.ContainsKey(task))
        {
            refs.Tasks.Tell(new TaskProtocol.ResumeTask(id, task));
        }
    }
}
