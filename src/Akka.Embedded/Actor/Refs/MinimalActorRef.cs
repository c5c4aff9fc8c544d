namespace Akka.Actor;

/// <summary>A reference without an actor behind it: takes everything and does nothing.</summary>
public abstract class MinimalActorRef : ActorRefBase
{
    private protected MinimalActorRef()
    {
    }

    protected override void TellInternal(object message, IActorRef? sender)
    {
    }
}
