using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>Where messages end that reach nobody; it publishes them.</summary>
internal sealed class DeadLetterActorRef(ActorSystemImpl system, ActorPath path) : ActorRefBase
{
    public override ActorPath Path { get; } = path;

    internal override ActorSystemImpl Owner => system;

    internal override void SendSystem(SystemMessage message)
    {
        if (message is Watch watch && !ReferenceEquals(watch.Watcher, this))
            watch.Watcher.SendSystem(
                new DeathWatchNotification(watch.Watchee, existenceConfirmed: false, addressTerminated: false));
    }

    protected override void TellInternal(object message, IActorRef? sender)
    {
        var letter = message as DeadLetter ?? new DeadLetter(message, sender ?? this, this);
        if (letter.Message is Identify identify)
            (sender ?? letter.Sender).Tell(new ActorIdentity(identify.MessageId, null), this);
        else if (letter.Message is IDeadLetterSuppression suppressed)
            system.EventStream.Publish(new SuppressedDeadLetter(suppressed, letter.Sender, letter.Recipient));
        else
            system.EventStream.Publish(letter);
    }
}

internal sealed class IgnoreActorRef(ActorPath path) : MinimalActorRef
{
    public override ActorPath Path { get; } = path;
}
