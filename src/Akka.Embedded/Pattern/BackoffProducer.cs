using Akka.Actor;

namespace Akka.Pattern;

/// <summary>Makes supervisors, whose plan is the engine's own type and so no constructor argument of theirs.</summary>
internal sealed class BackoffProducer(Type actorType, Func<ActorBase> produce) : IIndirectActorProducer
{
    public Type ActorType { get; } = actorType;

    public ActorBase Produce() => produce();

    public void Release(ActorBase actor)
    {
        // It holds nothing that must be given back.
    }
}
