using Akka.Actor;

namespace Akka.Dispatch.SysMsg;

/// <summary>
/// What the engine says to a cell; runs ahead of all user messages. Each object is linked into one cell's queue,
/// so it is never sent twice.
/// </summary>
internal abstract class SystemMessage
{
    internal SystemMessage? Next;
}

internal sealed class Create : SystemMessage;

internal sealed class Recreate(Exception cause) : SystemMessage
{
    internal Exception Cause { get; } = cause;
}

internal sealed class Suspend : SystemMessage;

internal sealed class Resume(Exception? causedByFailure) : SystemMessage
{
    internal Exception? CausedByFailure { get; } = causedByFailure;
}

internal sealed class Terminate : SystemMessage;

internal sealed class Watch(ActorRefBase watchee, ActorRefBase watcher) : SystemMessage
{
    internal ActorRefBase Watchee { get; } = watchee;

    internal ActorRefBase Watcher { get; } = watcher;
}

internal sealed class Unwatch(ActorRefBase watchee, ActorRefBase watcher) : SystemMessage
{
    internal ActorRefBase Watchee { get; } = watchee;

    internal ActorRefBase Watcher { get; } = watcher;
}

internal sealed class DeathWatchNotification(ActorRefBase actor, bool existenceConfirmed, bool addressTerminated)
    : SystemMessage
{
    internal ActorRefBase Actor { get; } = actor;

    internal bool ExistenceConfirmed { get; } = existenceConfirmed;

    internal bool AddressTerminated { get; } = addressTerminated;
}

internal sealed class Failed(ActorRefBase child, Exception cause, long uid) : SystemMessage
{
    internal ActorRefBase Child { get; } = child;

    internal Exception Cause { get; } = cause;

    internal long Uid { get; } = uid;
}

/// <summary>A continuation of an asynchronous handler, to run inside the actor.</summary>
internal sealed class RunContinuation(Task task) : SystemMessage
{
    internal Task Task { get; } = task;
}

/// <summary>The asynchronous handler that suspended the mailbox is done.</summary>
internal sealed class AsyncHandlerDone(Task task) : SystemMessage
{
    internal Task Task { get; } = task;
}
