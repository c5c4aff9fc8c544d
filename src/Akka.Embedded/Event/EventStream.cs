using Akka.Actor;

namespace Akka.Event;

/// <summary>
/// The system's bus: a subscriber gets every event whose type is, derives from, or implements the type subscribed to.
/// </summary>
public class EventStream : LoggingBus
{
    private readonly bool _debug;

    public EventStream(bool debug) => _debug = debug;

    public override bool Subscribe(IActorRef subscriber, Type channel)
    {
        var added = base.Subscribe(subscriber, channel);
        if (_debug)
            Publish(new Debug(nameof(EventStream), GetType(), $"{subscriber} subscribes to {channel}"));
        return added;
    }

    public override bool Unsubscribe(IActorRef subscriber, Type channel)
    {
        var removed = base.Unsubscribe(subscriber, channel);
        if (_debug)
            Publish(new Debug(nameof(EventStream), GetType(), $"{subscriber} no longer subscribes to {channel}"));
        return removed;
    }

    public override bool Unsubscribe(IActorRef subscriber) => base.Unsubscribe(subscriber);
}

public static class EventStreamExtensions
{
    public static bool Subscribe<TChannel>(this EventStream eventStream, IActorRef subscriber) =>
        eventStream.Subscribe(subscriber, typeof(TChannel));

    public static bool Unsubscribe<TChannel>(this EventStream eventStream, IActorRef subscriber) =>
        eventStream.Unsubscribe(subscriber, typeof(TChannel));
}
