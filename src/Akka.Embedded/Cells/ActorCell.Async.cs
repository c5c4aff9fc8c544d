using System.Runtime.ExceptionServices;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>
/// Asynchronous handlers: while one waits, the mailbox is suspended for user messages; its continuations run inside
/// the actor, with the message and the sender that it began with.
/// </summary>
internal sealed partial class ActorCell
{
    private CellTaskScheduler? _taskScheduler;
    private AwaitedHandler? _awaiting;

    /// <summary>Runs <paramref name="handler"/>; suspends the mailbox unless it is done at once.</summary>
    internal void RunTask(Func<Task> handler)
    {
        var scheduler = _taskScheduler ??= new CellTaskScheduler(this);
        var outer = new Task<Task>(handler);
        outer.RunSynchronously(scheduler);
        if (outer.IsFaulted)
            ExceptionDispatchInfo.Capture(outer.Exception!.InnerException!).Throw();
        var inner = outer.IsCanceled ? outer : outer.Result;
        if (inner is null or { IsCompletedSuccessfully: true })
            return;
        if (inner.IsCompleted)
        {
            ThrowFailureOf(inner);
            return;
        }

        Volatile.Write(ref _suspensions, _suspensions + 1);
        _awaiting = new AwaitedHandler(inner, _currentMessage, _sender, _awaiting);
        inner.GetAwaiter().UnsafeOnCompleted(() => EnqueueSystem(new AsyncHandlerDone(inner)));
    }

    private static void ThrowFailureOf(Task task)
    {
        if (task.IsCanceled)
            throw new TaskCanceledException(task);
        if (task.Exception is { } failure)
            ExceptionDispatchInfo.Capture(
                failure.InnerExceptions.Count == 1 ? failure.InnerException! : failure).Throw();
    }

    private void ContinueHandler(Task continuation)
    {
        if (_awaiting is { } handler)
            (_currentMessage, _sender) = (handler.Message, handler.Sender);
        _taskScheduler!.Run(continuation);
    }

    private void FinishHandler(Task task)
    {
        if (_awaiting is not { } handler || !ReferenceEquals(handler.Task, task))
            return; // the actor was restarted meanwhile
        _awaiting = handler.Outer;
        (_currentMessage, _sender) = (handler.Message, handler.Sender);
        ResumeSelf();
        ThrowFailureOf(task);
        if (_awaiting is null && _receiveTimeout is not null && handler.Message is not null)
            RestartReceiveTimeout(handler.Message);
    }

    /// <summary>A handler that still waits when its actor goes takes its suspension with it.</summary>
    private void AbandonHandler()
    {
        for (; _awaiting is not null; _awaiting = _awaiting.Outer)
            ResumeSelf();
    }

    private sealed record AwaitedHandler(Task Task, object? Message, IActorRef? Sender, AwaitedHandler? Outer);
}
