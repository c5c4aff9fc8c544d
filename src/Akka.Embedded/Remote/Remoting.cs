using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Akka.Event;
using Akka.Remote.Links;
using Akka.Remote.Security;
using Akka.Remote.Wire;
using Akka.Serialization;

namespace Akka.Remote;

/// <summary>
/// This node among others: its listener, its connections to them, and which runs of them are given up.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Stop is the end of it, called when the actor system ends.")]
internal sealed class Remoting
{
    private const int NodesMax = 100_000;

    private static readonly TimeSpan LastWordsMax = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<Address, Association> _associations = new();
    private readonly ConcurrentDictionary<Address, long> _uids = new();
    private readonly ConcurrentDictionary<Peer, bool> _quarantined = new();
    private readonly Listener _listener;
    private Peer? _self;

    internal Remoting(ActorSystemImpl system)
    {
        System = system;
        system.Settings.InjectTopLevelFallback(RemoteDefaults.Config);
        Settings = RemoteSettings.Read(system.Settings.Config, system.Setup);
        Tls = Settings.Tls is { } tls ? new Tls(tls) : null;
        Log = Logging.GetLogger(system.EventStream, "Remoting(" + system.Name + ")");
        Notices = new Notices(Log, Settings.NoticeInterval);
        Watches = new RemoteWatches(this);
        _listener = new Listener(this);
    }

    internal ActorSystemImpl System { get; }

    internal RemoteSettings Settings { get; }

    /// <summary>Null: connections are not encrypted.</summary>
    internal Tls? Tls { get; }

    internal ILoggingAdapter Log { get; }

    internal Notices Notices { get; }

    internal RemoteWatches Watches { get; }

    internal WatchesFromOutside WatchesFromOutside { get; } = new();

    /// <summary>With membership on, it alone says when a member is gone; silence is no proof.</summary>
    internal Func<Address, bool> IsMember { get; set; } = static _ => false;

    /// <summary>Hears of each node that would not talk to this one, and why.</summary>
    internal Action<Address, RefusalKind, string> Refused { get; set; } = static (_, _, _) => { };

    internal bool IsStopped { get; private set; }

    internal Peer Self => _self ?? throw new InvalidOperationException("Remoting has not started yet.");

    /// <summary>Listens; from now on this node has an address.</summary>
    internal void Start()
    {
        var port = _listener.Bind();
        var protocol = Tls is null ? "akka.tcp" : "akka.ssl.tcp";
        var address = new Address(protocol, System.Name, Settings.PublicHostname, port);
        _self = new Peer(address, Random.Shared.Next(1, int.MaxValue));
        _listener.Start();
        Watches.Start();
        Log.Info("Remoting listens on {0}", address);
        if (Settings.Tls is { SuppressValidation: true })
            Log.Warning(
                "TLS takes anyone's certificate (akka.remote.dot-netty.tcp.ssl.suppress-validation): connections are "
                + "encrypted, but nobody knows with whom.");
    }

    internal void Stop()
    {
        // The news of the last actors' ends is still being written.
        SpinWait.SpinUntil(() => _associations.Values.All(association => association.IsDrained), LastWordsMax);
        IsStopped = true;
        _listener.Dispose();
        foreach (var association in _associations.Values)
            association.Dispose();
    }

    internal Association To(Address address) =>
        _associations.GetOrAdd(address, static (to, remoting) => new Association(remoting, to), this);

    /// <summary>
    /// Writes the message in the sender's thread: one that cannot be written is an error here and goes nowhere.
    /// </summary>
    internal void Send(RemoteActorRef recipient, object message, IActorRef? sender)
    {
        var outer = TransportInformation.Exchange(new Information(recipient.Path.Address, System));
        try
        {
            var serializer = System.Serialization.FindSerializerFor(message);
            var payload = serializer.ToBinary(message);
            if (payload.Length > Settings.FrameBytesMax - 4_096)
                throw new InvalidMessageException(
                    $"it is {payload.Length} bytes; maximum-frame-size is {Settings.FrameBytesMax}.");
            var manifest = Akka.Serialization.Serialization.ManifestFor(serializer, message);
            To(recipient.Path.Address).Send(new Outgoing(recipient, sender, serializer.Identifier, manifest, payload));
        }
        catch (Exception failure)
        {
            Log.Error(
                failure, "A message of type {0} to {1} was not sent: {2}", message.GetType(), recipient,
                failure.Message);
        }
        finally
        {
            TransportInformation.Exchange(outer);
        }
    }

    /// <summary>Null when the peer may talk to this node; otherwise why not.</summary>
    internal string? Admit(Peer peer)
    {
        if (_quarantined.ContainsKey(peer))
            return $"{peer.Address} was given up by {Self.Address} and must be restarted before it can return.";
        var isKnown = _uids.TryGetValue(peer.Address, out var known);
        if (!isKnown && _uids.Count >= NodesMax)
            return $"{Self.Address} knows {NodesMax} nodes already.";
        if (isKnown && known != peer.Uid)
        {
            Log.Info("{0} is back as a new incarnation; the old one counts as gone.", peer.Address);
            GiveUp(new Peer(peer.Address, known));
        }

        _uids[peer.Address] = peer.Uid;
        return null;
    }

    /// <summary>
    /// The node at this address counts as gone: those who watch its actors hear, and this run of it is not let in
    /// again.
    /// </summary>
    internal void GiveUp(Address address)
    {
        if (_uids.TryRemove(address, out var uid))
            GiveUp(new Peer(address, uid));
        else
            Watches.AddressTerminated(address);
    }

    /// <summary>The actors of one run of a node are gone; another at its address, and its actors, stay.</summary>
    internal void DeclareGone(Akka.Cluster.UniqueAddress node)
    {
        if (_uids.TryGetValue(node.Address, out var current) && current != node.Uid)
            return;
        WatchesFromOutside.AddressTerminated(node.Address);
        Watches.AddressTerminated(node.Address);
    }

    /// <summary>This run, and no later one, was met last at its address.</summary>
    internal bool IsCurrentRun(Akka.Cluster.UniqueAddress node) =>
        _uids.TryGetValue(node.Address, out var uid) && uid == node.Uid;

    /// <summary>One run of a node is gone and not let in again; another at its address stays.</summary>
    internal void GiveUp(Akka.Cluster.UniqueAddress node)
    {
        if (_uids.TryRemove(new KeyValuePair<Address, long>(node.Address, node.Uid)))
            GiveUp(new Peer(node.Address, node.Uid));
        else
            _quarantined[new Peer(node.Address, node.Uid)] = true;
    }

    private void GiveUp(Peer peer)
    {
        _quarantined[peer] = true;
        if (_associations.TryRemove(peer.Address, out var association))
            association.Dispose();
        WatchesFromOutside.AddressTerminated(peer.Address);
        Watches.AddressTerminated(peer.Address);
    }
}
