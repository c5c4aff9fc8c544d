namespace Akka.Actor;

/// <summary>Something that a message can be sent to.</summary>
public interface ICanTell
{
    void Tell(object message, IActorRef? sender);
}

/// <summary>The address of one incarnation of an actor; all that is ever known of an actor from outside.</summary>
public interface IActorRef : ICanTell, IEquatable<IActorRef>, IComparable<IActorRef>, IComparable
{
    ActorPath Path { get; }
}
