using Akka.Actor;

namespace Akka.Serialization;

/// <summary>The serializers of one system.</summary>
public class Serialization
{
    public Serialization(ExtendedActorSystem system) => System = system;

    public ExtendedActorSystem System { get; }

    internal object RoundTrip(object message) => message;
}
