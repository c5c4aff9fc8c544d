using Akka.Actor;

namespace Akka.TestKit;

public abstract class MessageEnvelope
{
    public abstract object Message { get; }

    public abstract IActorRef Sender { get; }
}

public class RealMessageEnvelope : MessageEnvelope
{
    public RealMessageEnvelope(object message, IActorRef sender)
    {
        Message = message;
        Sender = sender;
    }

    public override object Message { get; }

    public override IActorRef Sender { get; }

    public override string ToString() => $"<{Message}> from {Sender}";
}

/// <summary>Stands for "no message came".</summary>
public sealed class NullMessageEnvelope : MessageEnvelope
{
    private NullMessageEnvelope()
    {
    }

    public static NullMessageEnvelope Instance { get; } = new();

    public override object Message => throw new IllegalActorStateException("No message came, so there is none to see.");

    public override IActorRef Sender => throw new IllegalActorStateException("No message came, so nobody sent it.");

    public override string ToString() => "<no message>";
}
