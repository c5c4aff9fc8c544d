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
    private static readonly TimeSpan LastWordsMax = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<Address, Association> _associations = new();
    private readonly ConcurrentDictionary<Address, Lazy<Task<Peer?>>> _asked = new();
    private readonly Listener _listener;
    private Peer? _self;
    private int _givenUp;
    private long _systemNumber;

    internal Remoting(ActorSystemImpl system)
    {
        System = system;
        system.Settings.InjectTopLevelFallback(RemoteDefaults.Config);
        Settings = RemoteSettings.Read(system.Settings.Config, system.Setup);
        Tls = Settings.Tls is { } tls ? new Tls(tls) : null;
        Log = Logging.GetLogger(system.EventStream, "Remoting(" + system.Name + ")");
        Notices = new Notices(Log, Settings.NoticeInterval);
        Watches = new RemoteWatches(this);
        Runs = new MetRuns(TimeProvider.System, Settings.ForgetStrangerAfter, Settings.PruneQuarantineAfter)
        {
            IsMember = address => MemberAt(address) is not null,
            Forgotten = Drop,
        };
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

    internal MetRuns Runs { get; }

    /// <summary>Of how many addresses something waits, or may be sent, or is numbered.</summary>
    internal int AssociationCount => _associations.Count;

    /// <summary>
    /// Which run of an address is a member, if any. Membership alone says when it is gone; silence is no proof.
    /// </summary>
    internal Func<Address, long?> MemberAt { get; set; } = static _ => null;

    /// <summary>Hears of each node that would not talk to this one, and why.</summary>
    internal Action<Address, RefusalKind, string> Refused { get; set; } = static (_, _, _) => { };

    internal bool IsStopped { get; private set; }

    /// <summary>Grows when a run of a node is given up.</summary>
    internal int GivenUp => Volatile.Read(ref _givenUp);

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

    /// <summary>
    /// Null when the peer, which answers at its address, may talk to this node; otherwise why not.
    /// </summary>
    internal string? Admit(Peer peer)
    {
        if (Runs.IsQuarantined(peer))
            return $"{peer.Address} was given up by {Self.Address} and must be restarted before it can return.";
        if (RunAt(peer.Address) is { } old && old != peer.Uid)
        {
            Log.Info("{0} is back as a new incarnation; the old one counts as gone.", peer.Address);
            GiveUp(new Peer(peer.Address, old));
        }

        return Runs.TryMeet(peer) ? null : $"{Self.Address} knows {MetRuns.NodesMax} nodes already.";
    }

    /// <summary>
    /// Null when a node that greets may talk to this one. It expels no other run of its address by its word alone: who
    /// answers there has the address.
    /// </summary>
    internal async Task<Refusal?> AdmitAsync(Peer peer)
    {
        if (peer.Address == Self.Address)
            return null; // it looks who is here
        if (RunAt(peer.Address) is { } known && known != peer.Uid)
        {
            var there = IsReplaced(peer) ? new Peer(peer.Address, known) : await FindAt(peer.Address);
            if (there is null && MemberAt(peer.Address) == known)
                return new Refusal(
                    RefusalKind.None, $"it says that it is {peer.Address}, where nothing answered {Self.Address}.");
            if (there is { } other && other != peer)
                return new Refusal(
                    RefusalKind.AddressTaken, $"{peer.Address} is the address of another node, which answers there.");
        }

        return Admit(peer) is { } refusal ? new Refusal(RefusalKind.GivenUp, refusal) : null;
    }

    /// <summary>
    /// Which run answers at an address, asked over a connection for this alone. Null: none, as far as can be seen.
    /// </summary>
    internal async Task<Peer?> FindAt(Address address)
    {
        var asked = _asked.GetOrAdd(
            address, static (at, remoting) => new Lazy<Task<Peer?>>(() => remoting.AskAsync(at)), this);
        try
        {
            return await asked.Value;
        }
        finally
        {
            _asked.TryRemove(new KeyValuePair<Address, Lazy<Task<Peer?>>>(address, asked));
        }
    }

    /// <summary>This run was given up, and another has its address.</summary>
    internal bool IsReplaced(Peer peer) =>
        Runs.IsQuarantined(peer) && RunAt(peer.Address) is { } known && known != peer.Uid;

    /// <summary>
    /// The node at this address counts as gone: those who watch its actors hear, and this run of it is not let in
    /// again.
    /// </summary>
    internal void GiveUp(Address address)
    {
        if (Runs.Remove(address, out var uid))
            GiveUp(new Peer(address, uid));
        else
            Drop(address);
    }

    /// <summary>The actors of one run of a node are gone; another at its address, and its actors, stay.</summary>
    internal void DeclareGone(Akka.Cluster.UniqueAddress node)
    {
        if (Runs.Find(node.Address) is { } current && current != node.Uid)
            return;
        WatchesFromOutside.AddressTerminated(node.Address);
        Watches.AddressTerminated(node.Address);
    }

    /// <summary>This run, and no later one, was met last at its address.</summary>
    internal bool IsCurrentRun(Akka.Cluster.UniqueAddress node) =>
        Runs.Find(node.Address) == node.Uid;

    /// <summary>One run of a node is gone and not let in again; another at its address stays.</summary>
    internal void GiveUp(Akka.Cluster.UniqueAddress node)
    {
        var run = new Peer(node.Address, node.Uid);
        if (Runs.Remove(run) || RunAt(node.Address) is null)
            GiveUp(run);
        else
            Quarantine(run);
    }

    /// <summary>
    /// Of engine messages. They grow from one connection of a node to the next, also where all that was kept of it was
    /// dropped in between: the other end takes a number that it has seen for one that was sent again.
    /// </summary>
    internal long NextSystemNumber() => Interlocked.Increment(ref _systemNumber);

    /// <summary>Nobody was ever met there, and it is no member's address.</summary>
    internal bool IsUnknown(Address address) => RunAt(address) is null;

    private long? RunAt(Address address) => Runs.Find(address) ?? MemberAt(address);

    /// <summary>Less patient than the node that waits for what comes of it.</summary>
    private async Task<Peer?> AskAsync(Address address)
    {
        try
        {
            using var greeted = await Greeted.DialAsync(
                this, address, Settings.ConnectTimeout / 2, CancellationToken.None);
            return greeted.Peer;
        }
        catch (Exception failure)
        {
            Log.Debug("Nothing answered at {0}: {1}", address, failure.Message);
            return null;
        }
    }

    private void Quarantine(Peer peer)
    {
        Runs.Quarantine(peer);
        Interlocked.Increment(ref _givenUp);
    }

    private void GiveUp(Peer peer)
    {
        Quarantine(peer);
        Drop(peer.Address);
    }

    /// <summary>What waits for it, and what is repeated until it confirms it, ends too.</summary>
    private void Drop(Address address)
    {
        if (_associations.TryRemove(address, out var association))
            association.Dispose();
        WatchesFromOutside.AddressTerminated(address);
        Watches.AddressTerminated(address);
    }
}
