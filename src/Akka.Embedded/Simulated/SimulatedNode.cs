using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;
using Akka.Serialization;

namespace Akka.Simulated;

/// <summary>
/// One actor system of a simulation, with a dispatcher, a clock and a transport that the simulation drives, all on
/// its thread. A system is made once and serves many runs: between two of them everybody under /user is stopped.
/// </summary>
internal sealed class SimulatedNode
{
    private const int TurnsToStopMax = 1_000_000;

    private readonly ISimulatedNetwork _network;
    private readonly List<(SimulatedRef Watchee, ActorRefBase Watcher)> _watches = [];

    internal SimulatedNode(string name, Config config, DateTimeOffset origin, ISimulatedNetwork network)
    {
        _network = network;
        Name = name;
        Address = new Address("akka.tcp", "simulation", name, 1);
        Scheduler = new VirtualScheduler(origin);
        Dispatcher = new DeterministicDispatcher(0);
        var setup = new DeterministicSetup(Dispatcher)
        {
            Scheduler = Scheduler,
            Provider = (system, root) => new SimulatedRefProvider(this, system, root),
        };
        SystemImpl = (ActorSystemImpl)ActorSystem.Create(
            "simulation", BootstrapSetup.Create().WithConfig(config).And(setup));
        Dispatcher.RunUntilIdle(TurnsToStopMax);
    }

    internal string Name { get; }

    internal Address Address { get; }

    internal VirtualScheduler Scheduler { get; }

    internal DeterministicDispatcher Dispatcher { get; }

    internal ActorSystem System => SystemImpl;

    internal ActorSystemImpl SystemImpl { get; private set; }

    /// <summary>Nothing that its actors say leaves the node: its process is being killed, or is dead.</summary>
    internal bool IsMute { get; set; }

    /// <summary>Every message becomes bytes and an object again; else only those that carry references.</summary>
    internal bool SerializesAll { get; set; } = true;

    /// <summary>Ends everybody under /user, on the spot.</summary>
    internal void StopAll()
    {
        // In an order that does not depend on who was here in earlier runs.
        var actors = SystemImpl.RootGuardian.GetChild(["user"]).GetChildren();
        foreach (var actor in actors.OrderBy(static each => each.Path.Name, StringComparer.Ordinal))
            SystemImpl.Stop(actor);
        Dispatcher.RunUntilIdle(TurnsToStopMax);
    }

    /// <summary>As if the process were new. Everybody under /user must have ended.</summary>
    internal void Forget()
    {
        Scheduler.Forget();
        _watches.Clear();
        Dispatcher.RunUntilIdle(TurnsToStopMax);
    }

    /// <summary>As in the first run of all.</summary>
    internal void Renew(ulong seed)
    {
        Forget();
        Scheduler.Clear();
        SystemImpl.Renumber();
        Dispatcher.Reseed(seed);
    }

    /// <summary>Takes in what came over the network.</summary>
    internal void Deliver(SimulatedFrame frame)
    {
        switch (frame)
        {
            case SimulatedFrame.Tell tell:
                Deliver(tell);
                break;
            case SimulatedFrame.Watch watch:
                var (watchee, watcher) = (Find(watch.Watchee), Find(watch.Watcher));
                watchee.SendSystem(watch.Ends ? new Unwatch(watchee, watcher) : new Watch(watchee, watcher));
                break;
            case SimulatedFrame.Ended ended:
                TellOfEnd(ended);
                break;
        }
    }

    /// <summary>The node at this address counts as gone: who watches its actors hears of their end.</summary>
    internal void GiveUp(Address address)
    {
        foreach (var watch in _watches.Where(watch => watch.Watchee.Path.Address == address).ToList())
        {
            _watches.Remove(watch);
            watch.Watcher.SendSystem(
                new DeathWatchNotification(watch.Watchee, existenceConfirmed: false, addressTerminated: true));
        }
    }

    /// <summary>Sends a message to whoever is at the path, on another node.</summary>
    internal void Tell(Address to, string recipient, object message, IActorRef? sender)
    {
        if (IsMute)
            return;
        var outer = TransportInformation.Exchange(new Information(to, SystemImpl));
        try
        {
            var serializer = SystemImpl.Serialization.FindSerializerFor(message);
            var isWritten = SerializesAll || RefCarriers.Includes(message.GetType());
            var payload = isWritten ? serializer.ToBinary(message) : null;
            var from = sender is null or Nobody ? null : Serialization.Serialization.SerializedActorPath(sender);
            Say(to, new SimulatedFrame.Tell(recipient, from, serializer.Identifier,
                Serialization.Serialization.ManifestFor(serializer, message), payload, message));
        }
        finally
        {
            TransportInformation.Exchange(outer);
        }
    }

    internal void Say(Address to, SimulatedFrame frame)
    {
        if (!IsMute)
            _network.Send(this, to, frame);
    }

    internal void Watch(SimulatedRef watchee, ActorRefBase watcher)
    {
        _watches.Add((watchee, watcher));
        Say(watchee.Path.Address, new SimulatedFrame.Watch(watchee.Path, Outside(watcher), Ends: false));
    }

    internal void Unwatch(SimulatedRef watchee, ActorRefBase watcher)
    {
        _watches.RemoveAll(watch => watch.Watchee.Equals(watchee) && watch.Watcher.Equals(watcher));
        Say(watchee.Path.Address, new SimulatedFrame.Watch(watchee.Path, Outside(watcher), Ends: true));
    }

    /// <summary>The path under which other nodes know an actor.</summary>
    internal ActorPath Outside(ActorRefBase actor) =>
        ActorPath.Parse(actor.Path.ToSerializationFormatWithAddress(Address));

    private ActorRefBase Find(ActorPath path) => ActorRefBase.Of(SystemImpl.RefProvider.ResolveActorRef(path));

    private void Deliver(SimulatedFrame.Tell tell)
    {
        var outer = TransportInformation.Exchange(new Information(Address, SystemImpl));
        try
        {
            var provider = SystemImpl.RefProvider;
            var message = tell.Payload is { } payload
                ? SystemImpl.Serialization.Deserialize(payload, tell.SerializerId, tell.Manifest)
                : tell.Original;
            var sender = tell.Sender is null ? null : provider.ResolveActorRef(tell.Sender);
            provider.ResolveActorRef(tell.Recipient).Tell(message, sender);
        }
        finally
        {
            TransportInformation.Exchange(outer);
        }
    }

    private void TellOfEnd(SimulatedFrame.Ended ended)
    {
        var watcher = Find(ended.Watcher);
        if (_watches.RemoveAll(watch => watch.Watcher.Equals(watcher) && watch.Watchee.Path.Equals(ended.Actor)
            && watch.Watchee.Path.Uid == ended.Actor.Uid) > 0)
            watcher.SendSystem(new DeathWatchNotification(
                new SimulatedRef(this, ended.Actor), ended.ExistenceConfirmed, addressTerminated: false));
    }
}
