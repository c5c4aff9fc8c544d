using Akka.Actor;

namespace Akka.Dispatch;

/// <summary>Runs asynchronous work inside the current actor.</summary>
public static class ActorTaskScheduler
{
    public static void RunTask(Func<Task> asyncAction) => ActorCell.RequireCurrent().RunTask(asyncAction);

    public static void RunTask(Action action) => RunTask(() =>
    {
        action();
        return Task.CompletedTask;
    });
}
