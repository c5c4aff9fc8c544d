using Akka.Event;

namespace Akka.Remote;

/// <summary>On the event stream: something about this node's connections.</summary>
public abstract class RemotingLifecycleEvent
{
    public abstract LogLevel LogLevel();
}
