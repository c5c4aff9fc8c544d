using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;

namespace ClusterScheduler.Runtime.Tests.Members;

/// <summary>Members of a cluster, in this process.</summary>
internal sealed class Members : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly List<ActorSystem> _systems = [];

    /// <summary>One more; the first begins the cluster.</summary>
    public async Task<ActorSystem> Add(string role)
    {
        var system = ActorSystem.Create("members", ConfigurationFactory.ParseString(
            $$"""
            akka.loglevel = ERROR
            akka.stdout-loglevel = OFF
            akka.actor.provider = cluster
            akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
            akka.cluster.roles = ["{{role}}"]
            akka.coordinated-shutdown.run-by-clr-shutdown-hook = off
            """));
        _systems.Add(system);
        await Cluster.Get(system).JoinAsync(Cluster.Get(_systems[0]).SelfAddress).WaitAsync(Patience);
        return system;
    }

    /// <summary>Returns once the actor has started: what it subscribes to then, it hears of from now on.</summary>
    public static Task Start(ActorSystem system, Props props) =>
        system.ActorOf(props).Ask<ActorIdentity>(new Identify(null), Patience);

    /// <summary>Goes in an orderly way, and the one that stays has seen it.</summary>
    public async Task Leave(ActorSystem system, ActorSystem stays)
    {
        var removed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var address = Cluster.Get(system).SelfAddress;
        await Start(stays, Props.Create(() => new Watcher(address, removed)));
        _systems.Remove(system);
        await system.Terminate().WaitAsync(Patience);
        await removed.Task.WaitAsync(Patience);
    }

    public static Task End(ActorSystem system) => system.WhenTerminated.WaitAsync(Patience);

    public async ValueTask DisposeAsync()
    {
        foreach (var system in _systems.AsEnumerable().Reverse())
        {
            await system.Terminate().WaitAsync(Patience);
        }
    }

    private sealed class Watcher : ReceiveActor
    {
        public Watcher(Address address, TaskCompletionSource removed)
        {
            Receive<ClusterEvent.MemberRemoved>(
                gone => gone.Member.Address == address, _ => removed.TrySetResult());
            Receive<ClusterEvent.IMemberEvent>(_ => { });
            Cluster.Get(Context.System).Subscribe(
                Self, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.IMemberEvent));
        }
    }
}
