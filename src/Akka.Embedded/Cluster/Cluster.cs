using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Daemon;
using Akka.Cluster.Joining;
using Akka.Cluster.Lists;
using Akka.Cluster.Stores;
using Akka.Configuration;
using Akka.Remote;

namespace Akka.Cluster;

/// <summary>This node as a member of a cluster: joins, leaves, and tells who else is there.</summary>
public class Cluster : IExtension
{
    private readonly IActorRef _daemon;
    private ClusterView _view = ClusterView.Empty;
    private StoredMember? _storedAs;
    private bool _isTerminated;

    private Cluster(ActorSystemImpl system, RemoteActorRefProvider provider)
    {
        System = system;
        Settings = new ClusterSettings(system.Settings.Config, system.Name);
        var self = provider.Remoting.Self;
        SelfUniqueAddress = new UniqueAddress(self.Address, (int)self.Uid);
        var embedded = EmbeddedSettings.Read(system.Settings.Config);
        var given = system.Setup.Get<MembershipSetup>();
        var setup = given.HasValue ? given.Value : new MembershipSetup();
        var dispatcher = Settings.UseDispatcher is { Length: > 0 } own ? own : "akka.cluster.embedded.dispatcher";
        _daemon = system.SystemActorOf(
            Props.Create(() => new ClusterDaemon(this, embedded, setup)).WithDispatcher(dispatcher), "cluster");
        provider.Remoting.MemberAt = address => IsTerminated ? null : View.List.Find(address)?.Node.Uid;
        provider.Remoting.Refused = (address, kind, text) =>
        {
            if (JoinRefusals.Of(kind) is { } reason)
                _daemon.Tell(new ConnectionRefused(address, reason, text));
        };
        AddShutdownTasks(CoordinatedShutdown.Get(system));
    }

    public ExtendedActorSystem System { get; }

    public ClusterSettings Settings { get; }

    public UniqueAddress SelfUniqueAddress { get; }

    public Address SelfAddress => SelfUniqueAddress.Address;

    public ImmutableHashSet<string> SelfRoles => Settings.Roles;

    /// <summary>The cluster as this node knows it now.</summary>
    public ClusterEvent.CurrentClusterState State => Volatile.Read(ref _view).State;

    /// <summary>In status Removed while this node is no member.</summary>
    public Member SelfMember => Volatile.Read(ref _view).List.Find(SelfUniqueAddress)?.Member
        ?? new Member(
            SelfUniqueAddress, Member.NotYetUp, MemberStatus.Removed, Settings.Roles, Settings.AppVersion);

    public bool IsUp => SelfMember.Status == MemberStatus.Up;

    /// <summary>Once true, this run of the node never joins again.</summary>
    public bool IsTerminated => Volatile.Read(ref _isTerminated);

    /// <summary>Why this node was not let in: a word for the kind, a colon, and what is the matter.</summary>
    internal string? JoinFailure { get; set; }

    /// <summary>
    /// Set before anything of this node hears that it is a member, and never unset; null while it was none, and in a
    /// cluster whose member list is in memory.
    /// </summary>
    internal StoredMember? StoredAs
    {
        get => Volatile.Read(ref _storedAs);
        set => Volatile.Write(ref _storedAs, value);
    }

    internal ClusterView View
    {
        get => Volatile.Read(ref _view);
        set => Volatile.Write(ref _view, value);
    }

    public static Cluster Get(ActorSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        return new ClusterExtension().Get(system);
    }

    /// <summary>Joins the cluster that the node at the address is part of; the own address begins one.</summary>
    public void Join(Address address)
    {
        ArgumentNullException.ThrowIfNull(address);
        _daemon.Tell(new JoinNodes([FillLocal(address)]));
    }

    public Task JoinAsync(Address address, CancellationToken token = default) => WhenUp(
        () => Join(address), $"Node has not managed to join the cluster using provided address: {address}", token);

    public void JoinSeedNodes(IEnumerable<Address> seedNodes) =>
        _daemon.Tell(new JoinNodes([.. seedNodes.Select(FillLocal)]));

    public Task JoinSeedNodesAsync(IEnumerable<Address> seedNodes, CancellationToken token = default)
    {
        var seeds = seedNodes.ToImmutableArray();
        return WhenUp(
            () => JoinSeedNodes(seeds), "Node has not managed to join the cluster using provided seed node addresses: "
            + string.Join(", ", seeds), token);
    }

    /// <summary>The member at the address stops what it runs, then it is removed.</summary>
    public void Leave(Address address)
    {
        ArgumentNullException.ThrowIfNull(address);
        _daemon.Tell(new LeaveNode(FillLocal(address)));
    }

    public Task LeaveAsync() => LeaveAsync(CancellationToken.None);

    /// <summary>This node leaves; done when it is removed.</summary>
    public Task LeaveAsync(CancellationToken token)
    {
        var removed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        RegisterOnMemberRemoved(() => removed.TrySetResult());
        Leave(SelfAddress);
        return removed.Task.WaitAsync(token);
    }

    /// <summary>The member at the address counts as failed. It is removed when it has surely stopped.</summary>
    public void Down(Address address)
    {
        ArgumentNullException.ThrowIfNull(address);
        _daemon.Tell(new DownNode(FillLocal(address)));
    }

    /// <summary>First the state as it is, then each event of one of the types.</summary>
    public void Subscribe(IActorRef subscriber, params Type[] to) =>
        Subscribe(subscriber, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsSnapshot, to);

    public void Subscribe(
        IActorRef subscriber, ClusterEvent.SubscriptionInitialStateMode initialStateMode, params Type[] to)
    {
        ArgumentNullException.ThrowIfNull(to);
        if (to.Length == 0 || !Array.TrueForAll(to, typeof(ClusterEvent.IClusterDomainEvent).IsAssignableFrom))
            throw new ArgumentException(
                "Subscribe to `IClusterDomainEvent` or to types of it: "
                + string.Join(", ", to.Select(type => type.Name)), nameof(to));
        _daemon.Tell(new SubscribeToCluster(subscriber, initialStateMode, [.. to]));
    }

    public void Unsubscribe(IActorRef subscriber) => _daemon.Tell(new UnsubscribeFromCluster(subscriber, null));

    public void Unsubscribe(IActorRef subscriber, Type to) =>
        _daemon.Tell(new UnsubscribeFromCluster(subscriber, to));

    public void SendCurrentClusterState(IActorRef receiver) => _daemon.Tell(new SendState(receiver));

    /// <summary>Called once this node is up; at once if it is.</summary>
    public void RegisterOnMemberUp(Action callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        _daemon.Tell(new CallWhenUp(callback));
    }

    /// <summary>Called once this node is removed, or its actor system ends; at once if that has happened.</summary>
    public void RegisterOnMemberRemoved(Action callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        if (IsTerminated)
            callback();
        else
            _daemon.Tell(new CallWhenRemoved(callback));
    }

    public ActorPath RemotePathOf(IActorRef actorRef)
    {
        ArgumentNullException.ThrowIfNull(actorRef);
        var path = actorRef.Path;
        return path.Address.HasGlobalScope
            ? path
            : (new RootActorPath(SelfAddress) / path.Elements.AsEnumerable()).WithUid(path.Uid);
    }

    internal static Cluster Create(ExtendedActorSystem system) =>
        system is ActorSystemImpl { RefProvider: RemoteActorRefProvider { IsCluster: true } provider } impl
            ? new Cluster(impl, provider)
            : throw new ConfigurationException(
                $"Actor system '{system.Name}' is no cluster node: akka.actor.provider must be \"cluster\".");

    /// <summary>The store does not have this node in the member list any more.</summary>
    internal void NoteRemoved() => _daemon.Tell(RemovedFromStore.Instance);

    internal void MarkTerminated() => Volatile.Write(ref _isTerminated, true);

    /// <summary>What the phases of a shutdown wait for; tasks of singletons and shards stand beside them.</summary>
    private void AddShutdownTasks(CoordinatedShutdown shutdown)
    {
        shutdown.AddTask(
            CoordinatedShutdown.PhaseClusterLeave, "leave", () => Ask(done => new BeginLeaving(done)));
        shutdown.AddTask(
            CoordinatedShutdown.PhaseClusterExitingDone, "exiting-completed",
            () => Ask(done => new ConfirmStopped(done)));
        shutdown.AddTask(
            CoordinatedShutdown.PhaseClusterShutdown, "wait-shutdown", () => Ask(done => new EndMembership(done)));
    }

    private Task<Done> Ask(Func<TaskCompletionSource<Done>, DaemonCommand> question)
    {
        var done = new TaskCompletionSource<Done>(TaskCreationOptions.RunContinuationsAsynchronously);
        _daemon.Tell(question(done));
        return done.Task;
    }

    private Address FillLocal(Address address) =>
        address.HasLocalScope && address.System == SelfAddress.System ? SelfAddress : address;

    private async Task WhenUp(Action join, string failure, CancellationToken token)
    {
        if (IsTerminated)
            throw new ClusterJoinFailedException("Cluster has already been terminated");
        if (IsUp)
            return;
        var up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        RegisterOnMemberUp(() => up.TrySetResult());
        RegisterOnMemberRemoved(() => up.TrySetException(
            new ClusterJoinFailedException(JoinFailure ?? failure)));
        join();
        try
        {
            await up.Task.WaitAsync(
                Settings.RetryUnsuccessfulJoinAfter ?? TimeSpan.FromSeconds(10), token).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new ClusterJoinFailedException(JoinFailure ?? failure);
        }
    }
}
