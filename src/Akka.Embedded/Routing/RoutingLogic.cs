using Akka.Actor;

namespace Akka.Routing;

/// <summary>Chooses who gets a message.</summary>
public abstract class RoutingLogic : INoSerializationVerificationNeeded
{
    /// <summary><see cref="Routee.NoRoutee"/> when there is none to choose.</summary>
    public abstract Routee Select(object message, Routee[] routees);
}

/// <summary>Anyone.</summary>
public sealed class RandomLogic : RoutingLogic
{
    public override Routee Select(object message, Routee[] routees) =>
        routees is { Length: > 0 } ? routees[Random.Shared.Next(routees.Length)] : Routee.NoRoutee;
}

/// <summary>One after the other.</summary>
public sealed class RoundRobinRoutingLogic(int next) : RoutingLogic
{
    private int _next = next;

    public RoundRobinRoutingLogic()
        : this(-1)
    {
    }

    public override Routee Select(object message, Routee[] routees) => routees is { Length: > 0 }
        ? routees[(int)((uint)Interlocked.Increment(ref _next) % (uint)routees.Length)]
        : Routee.NoRoutee;
}

/// <summary>All of them.</summary>
public sealed class BroadcastRoutingLogic : RoutingLogic
{
    public override Routee Select(object message, Routee[] routees) =>
        routees is { Length: > 0 } ? new SeveralRoutees(routees) : Routee.NoRoutee;
}
