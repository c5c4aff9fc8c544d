using Akka.Actor;

namespace Akka.Routing;

/// <summary>One of those among whom a <see cref="RoutingLogic"/> chooses.</summary>
public class Routee
{
    /// <summary>Nobody was there to choose from; what is sent to it is lost.</summary>
    public static readonly Routee NoRoutee = new();

    public static Routee FromActorRef(IActorRef actorRef) => new ActorRefRoutee(actorRef);

    public virtual void Send(object message, IActorRef sender)
    {
    }
}

/// <summary>An actor to choose.</summary>
public class ActorRefRoutee(IActorRef actor) : Routee
{
    public IActorRef Actor { get; } = actor;

    public override void Send(object message, IActorRef sender) => Actor.Tell(message, sender);

    public override bool Equals(object? obj) => obj is ActorRefRoutee other && Actor.Equals(other.Actor);

    public override int GetHashCode() => Actor.GetHashCode();
}

/// <summary>All of them at once.</summary>
public class SeveralRoutees(Routee[] routees) : Routee
{
    public override void Send(object message, IActorRef sender)
    {
        foreach (var routee in routees)
            routee.Send(message, sender);
    }
}
