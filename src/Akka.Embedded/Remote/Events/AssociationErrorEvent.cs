using Akka.Actor;
using Akka.Event;

namespace Akka.Remote;

/// <summary>A connection did not come about. The cause says why, and of a refusal what the other node said.</summary>
public sealed class AssociationErrorEvent : AssociationEvent
{
    private readonly LogLevel _logLevel;

    public AssociationErrorEvent(
        Exception cause, Address localAddress, Address remoteAddress, bool inbound, LogLevel logLevel)
    {
        Cause = cause;
        LocalAddress = localAddress;
        RemoteAddress = remoteAddress;
        IsInbound = inbound;
        _logLevel = logLevel;
        EventName = "AssociationError";
    }

    public Exception Cause { get; }

    public override Address LocalAddress { get; protected set; }

    public override Address RemoteAddress { get; protected set; }

    public override bool IsInbound { get; protected set; }

    public override LogLevel LogLevel() => _logLevel;

    public override string ToString() => $"{base.ToString()}: Error [{Cause.Message}]";
}
