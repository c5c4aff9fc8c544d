using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>A path of this system where nobody is: messages become dead letters, and watchers hear at once.</summary>
internal sealed class EmptyLocalRef(ActorSystemImpl system, ActorPath path) : ActorRefBase
{
    public override ActorPath Path { get; } = path;

    internal override ActorSystemImpl Owner => system;

    internal override bool IsTerminated => true;

    internal override void SendSystem(SystemMessage message)
    {
        if (message is Watch watch && !ReferenceEquals(watch.Watcher, this))
            watch.Watcher.SendSystem(
                new DeathWatchNotification(watch.Watchee, existenceConfirmed: false, addressTerminated: false));
    }

    protected override void TellInternal(object message, IActorRef? sender)
    {
        if (message is Identify identify)
            sender?.Tell(new ActorIdentity(identify.MessageId, null), this);
        else
            system.ToDeadLetters(message, sender, this);
    }
}
