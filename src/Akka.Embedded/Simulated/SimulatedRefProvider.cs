using Akka.Actor;

namespace Akka.Simulated;

/// <summary>References within a node of a simulation and beyond it.</summary>
internal sealed class SimulatedRefProvider(SimulatedNode node, ActorSystemImpl system, ActorPath rootPath)
    : IActorRefProvider
{
    public ActorPath RootPath { get; } = rootPath;

    public Settings Settings => system.Settings;

    public IActorRef DeadLetters => system.DeadLetters;

    public IActorRef IgnoreRef => system.IgnoreRef;

    public Address DefaultAddress => node.Address;

    public Task TerminationTask => system.WhenTerminated;

    public IActorRef RootGuardianAt(Address address) =>
        IsSelf(address) ? system.RootGuardian : new SimulatedRef(node, new RootActorPath(address));

    public IActorRef ResolveActorRef(string path) =>
        ActorPath.TryParse(path, out var parsed) ? ResolveActorRef(parsed) : system.DeadLetters;

    public IActorRef ResolveActorRef(ActorPath actorPath)
    {
        if (IsSelf(actorPath.Address))
            return system.FindLocal(actorPath);
        return actorPath.Address.HasGlobalScope ? new SimulatedRef(node, actorPath) : system.DeadLetters;
    }

    public Address GetExternalAddressFor(Address address)
    {
        if (IsSelf(address))
            return address;
        return address.HasGlobalScope ? DefaultAddress : null!;
    }

    private bool IsSelf(Address address) => address == RootPath.Address || address == DefaultAddress;
}
