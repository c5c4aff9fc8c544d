using Akka.Actor;

namespace Akka.Dispatch.Queues;

/// <summary>User messages of one actor: many senders, one receiver.</summary>
internal abstract class MessageQueue
{
    /// <summary>True when a message waits or is just being put in. A full fence lies before each put.</summary>
    internal abstract bool HasMessages { get; }

    /// <summary>False when there is no room for the message.</summary>
    internal abstract bool TryEnqueue(object message, IActorRef? sender);

    /// <summary>Only the cell that runs may call this.</summary>
    internal abstract bool TryDequeue(out object message, out IActorRef? sender);

    /// <summary>Puts a message in front of all others. Only the cell that runs may call this.</summary>
    internal abstract void EnqueueFirst(object message, IActorRef? sender);
}
