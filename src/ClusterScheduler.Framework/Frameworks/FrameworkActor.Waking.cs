namespace ClusterScheduler.Framework.Frameworks;

/// <summary>
/// Wakes each of the framework's tasks once in a while, so that those of a node that died go on with what they owe,
/// though nobody sends them anything.
/// </summary>
public sealed partial class FrameworkActor
{
    private readonly Rounds<TaskId> wakeUps;

    private static TimeSpan Elapsed => Context.System.Scheduler.MonotonicClock;

    private void WakeFromNowOn(TaskId task) => wakeUps.Add(task, Elapsed);

    private void WakeSome()
    {
        var tasks = TasksOf(State);
        foreach (var task in wakeUps.Due(Elapsed, task => !tasks.ContainsKey(task)))
        {
            refs.Tasks.Tell(new TaskProtocol.ResumeTask(id, task));
        }
    }
}
