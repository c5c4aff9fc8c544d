namespace Akka.Actor;

/// <summary>References within one process.</summary>
internal sealed class LocalActorRefProvider(ActorSystemImpl system, ActorPath rootPath) : IActorRefProvider
{
    public ActorPath RootPath { get; } = rootPath;

    public Settings Settings => system.Settings;

    public IActorRef DeadLetters => system.DeadLetters;

    public IActorRef IgnoreRef => system.IgnoreRef;

    public Address DefaultAddress => RootPath.Address;

    public Task TerminationTask => system.WhenTerminated;

    public IActorRef RootGuardianAt(Address address) =>
        address == DefaultAddress ? system.RootGuardian : system.DeadLetters;

    public IActorRef ResolveActorRef(string path) =>
        ActorPath.TryParse(path, out var parsed) ? ResolveActorRef(parsed) : system.DeadLetters;

    public IActorRef ResolveActorRef(ActorPath actorPath)
    {
        if (actorPath.Address != DefaultAddress)
            return system.DeadLetters;
        return system.FindLocal(actorPath);
    }

    public Address GetExternalAddressFor(Address address) => address == DefaultAddress ? address : null!;
}
