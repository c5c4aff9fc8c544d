using Akka.Actor;

namespace Akka.Event;

/// <summary>Publishes events to those who subscribed to a classifier of theirs.</summary>
public abstract class EventBus<TEvent, TClassifier, TSubscriber>
{
    private protected EventBus()
    {
    }

    public virtual bool Subscribe(TSubscriber subscriber, TClassifier classifier) => false;

    public virtual bool Unsubscribe(TSubscriber subscriber) => false;

    public virtual bool Unsubscribe(TSubscriber subscriber, TClassifier classifier) => false;

    public virtual void Publish(TEvent @event)
    {
    }
}

public abstract class ActorEventBus<TEvent, TClassifier> : EventBus<TEvent, TClassifier, IActorRef>
{
    private protected ActorEventBus()
    {
    }
}
