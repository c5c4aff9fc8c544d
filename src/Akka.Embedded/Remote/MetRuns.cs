using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Remote.Wire;

namespace Akka.Remote;

/// <summary>
/// Which run of each other node was met last, and which runs are given up. Neither is kept for ever: a stranger, who
/// came and was not let into the cluster, say, is forgotten when it has not been connected for a while.
/// </summary>
/// <param name="time">By which they age.</param>
/// <param name="strangerAfter">A node that is no member, and is not connected, is forgotten after this.</param>
/// <param name="quarantineAfter">A run that was given up is forgotten after this.</param>
internal sealed class MetRuns(TimeProvider time, TimeSpan strangerAfter, TimeSpan quarantineAfter)
{
    internal const int NodesMax = 100_000;

    /// <summary>Time enough to greet; who is met only now counts as connected.</summary>
    private static readonly TimeSpan Greeting = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<Address, Met> _met = new();
    private readonly ConcurrentDictionary<Peer, long> _quarantined = new();
    private readonly TimeSpan _sweepAfter = (strangerAfter < quarantineAfter ? strangerAfter : quarantineAfter) / 4;
    private long _sweptAt = time.GetTimestamp();

    /// <summary>Whether an address is a member's; those are not forgotten.</summary>
    internal Func<Address, bool> IsMember { get; set; } = static _ => false;

    /// <summary>Hears of each address that is forgotten.</summary>
    internal Action<Address> Forgotten { get; set; } = static _ => { };

    internal int MetCount => _met.Count;

    internal int QuarantinedCount => _quarantined.Count;

    internal long? Find(Address address) => _met.TryGetValue(address, out var met) ? met.Uid : null;

    /// <summary>From now on this run has its address. False: there are too many nodes.</summary>
    internal bool TryMeet(Peer peer)
    {
        Sweep();
        if (_met.TryGetValue(peer.Address, out var known) && known.Uid == peer.Uid)
        {
            known.SeenAt = time.GetTimestamp();
            return true;
        }

        if (known is null && _met.Count >= NodesMax)
        {
            ForgetStrangers(Greeting);
            if (_met.Count >= NodesMax)
                return false;
        }

        _met[peer.Address] = new Met(peer.Uid) { SeenAt = time.GetTimestamp() };
        return true;
    }

    /// <summary>A connection with this run, which is not forgotten before all of them are disposed.</summary>
    internal IDisposable Hold(Peer peer) => new Connected(this, peer);

    internal bool Remove(Address address, out long uid)
    {
        var found = _met.TryRemove(address, out var met);
        uid = met?.Uid ?? 0;
        return found;
    }

    internal bool Remove(Peer peer) =>
        _met.TryGetValue(peer.Address, out var met) && met.Uid == peer.Uid
            && _met.TryRemove(new KeyValuePair<Address, Met>(peer.Address, met));

    internal bool IsQuarantined(Peer peer) => _quarantined.ContainsKey(peer);

    internal void Quarantine(Peer peer)
    {
        _quarantined[peer] = time.GetTimestamp();
        Sweep();
    }

    /// <summary>Forgets what has aged; most calls find that it is not time yet.</summary>
    internal void Sweep()
    {
        var sweptAt = Volatile.Read(ref _sweptAt);
        if (time.GetElapsedTime(sweptAt) < _sweepAfter
            || Interlocked.CompareExchange(ref _sweptAt, time.GetTimestamp(), sweptAt) != sweptAt)
            return;
        ForgetStrangers(strangerAfter);
        foreach (var (peer, at) in _quarantined)
        {
            if (time.GetElapsedTime(at) >= quarantineAfter)
                _quarantined.TryRemove(peer, out _);
        }
    }

    private void ForgetStrangers(TimeSpan after)
    {
        foreach (var (address, met) in _met)
        {
            if (met.Connections == 0 && time.GetElapsedTime(met.SeenAt) >= after && !IsMember(address)
                && _met.TryRemove(new KeyValuePair<Address, Met>(address, met)))
                Forgotten(address);
        }
    }

    private sealed class Met(long uid)
    {
        private long _seenAt;
        private int _connections;

        internal long Uid => uid;

        internal long SeenAt
        {
            get => Volatile.Read(ref _seenAt);
            set => Volatile.Write(ref _seenAt, value);
        }

        internal int Connections => Volatile.Read(ref _connections);

        internal void Count(int change) => Interlocked.Add(ref _connections, change);
    }

    /// <summary>Of a run that was replaced or given up meanwhile nothing is kept.</summary>
    private sealed class Connected : IDisposable
    {
        private readonly MetRuns _runs;
        private Met? _met;

        internal Connected(MetRuns runs, Peer peer)
        {
            _runs = runs;
            if (runs._met.TryGetValue(peer.Address, out _met) && _met.Uid == peer.Uid)
                _met.Count(1);
            else
                _met = null;
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _met, null) is not { } met)
                return;
            met.SeenAt = _runs.Time.GetTimestamp();
            met.Count(-1);
        }
    }

    private TimeProvider Time => time;
}
