namespace Akka.Actor;

/// <summary>Makes actors in place of their constructors.</summary>
public interface IIndirectActorProducer
{
    Type ActorType { get; }

    ActorBase Produce();

    void Release(ActorBase actor);
}
