namespace Akka.Cluster.Tools.Singleton;

/// <summary>Something that managers and proxies say to each other.</summary>
public interface IClusterSingletonMessage
{
}

/// <summary>
/// From a proxy to a manager: answer with an <see cref="Akka.Actor.ActorIdentity"/> as soon as you run the singleton.
/// </summary>
/// <param name="Round">Comes back as the answer's message id.</param>
internal sealed record SingletonWanted(long Round) : IClusterSingletonMessage, Akka.Event.IDeadLetterSuppression;
