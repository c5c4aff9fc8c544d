using Akka.Actor;

namespace Akka.Simulated;

/// <summary>What one node of a simulation says to another: paths and bytes, as over a wire.</summary>
internal abstract record SimulatedFrame
{
    private SimulatedFrame()
    {
    }

    /// <summary>A message to an actor.</summary>
    /// <param name="Payload">None: the receiver gets the sender's object.</param>
    /// <param name="Original">The sender's object, also for whoever looks on.</param>
    internal sealed record Tell(
        string Recipient, string? Sender, int SerializerId, string Manifest, byte[]? Payload, object Original)
        : SimulatedFrame;

    /// <summary>An actor watches, or no longer watches, one of the node that this goes to.</summary>
    internal sealed record Watch(ActorPath Watchee, ActorPath Watcher, bool Ends) : SimulatedFrame;

    /// <summary>An actor that is watched has ended.</summary>
    internal sealed record Ended(ActorPath Actor, ActorPath Watcher, bool ExistenceConfirmed) : SimulatedFrame;
}
