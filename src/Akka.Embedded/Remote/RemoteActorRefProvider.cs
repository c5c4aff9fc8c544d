using Akka.Actor;

namespace Akka.Remote;

/// <summary>References within this node and beyond it.</summary>
/// <param name="system">Whose.</param>
/// <param name="rootPath">Root of its paths.</param>
/// <param name="isCluster">Whether the node is to be a member of a cluster.</param>
internal sealed class RemoteActorRefProvider(ActorSystemImpl system, ActorPath rootPath, bool isCluster)
    : IActorRefProvider
{
    private readonly Remoting _remoting = new(system);

    public ActorPath RootPath { get; } = rootPath;

    public Settings Settings => system.Settings;

    public IActorRef DeadLetters => system.DeadLetters;

    public IActorRef IgnoreRef => system.IgnoreRef;

    public Address DefaultAddress => _remoting.Self.Address;

    public Task TerminationTask => system.WhenTerminated;

    internal bool IsCluster { get; } = isCluster;

    internal Remoting Remoting => _remoting;

    public IActorRef RootGuardianAt(Address address) =>
        IsSelf(address) ? system.RootGuardian : new RemoteActorRef(_remoting, new RootActorPath(address));

    public IActorRef ResolveActorRef(string path) =>
        ActorPath.TryParse(path, out var parsed) ? ResolveActorRef(parsed) : system.DeadLetters;

    public IActorRef ResolveActorRef(ActorPath actorPath)
    {
        if (IsSelf(actorPath.Address))
            return system.FindLocal(actorPath);
        return actorPath.Address.HasGlobalScope ? new RemoteActorRef(_remoting, actorPath) : system.DeadLetters;
    }

    public Address GetExternalAddressFor(Address address)
    {
        if (IsSelf(address))
            return address;
        return address.HasGlobalScope ? DefaultAddress : null!;
    }

    private bool IsSelf(Address address) => address == RootPath.Address || address == DefaultAddress;
}
