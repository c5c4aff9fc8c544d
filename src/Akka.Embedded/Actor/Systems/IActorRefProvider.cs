namespace Akka.Actor;

/// <summary>Finds references: by path, in this system and, with remoting, in others.</summary>
public interface IActorRefProvider
{
    ActorPath RootPath { get; }

    Settings Settings { get; }

    IActorRef DeadLetters { get; }

    IActorRef IgnoreRef { get; }

    /// <summary>The address that other systems know this one by.</summary>
    Address DefaultAddress { get; }

    Task TerminationTask { get; }

    IActorRef RootGuardianAt(Address address);

    IActorRef ResolveActorRef(string path);

    IActorRef ResolveActorRef(ActorPath actorPath);

    /// <summary>
    /// The address of this system as <paramref name="address"/> sees it; null when it cannot be reached from there.
    /// </summary>
    Address GetExternalAddressFor(Address address);
}
