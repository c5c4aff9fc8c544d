using Akka.Cluster;
using Akka.Cluster.Leading;
using Akka.Cluster.Lists;

namespace Akka.Embedded.Tests.Clustering;

/// <summary>
/// One random history: members that live by what they were granted, leaders that follow each other, messages that are
/// late. Kept beside it is what must be true, worked out the simple way.
/// </summary>
internal sealed class History
{
    private readonly Random _random;
    private readonly LeaderRules _rules;
    private readonly Dictionary<UniqueAddress, TimeSpan> _leaseEnds = [];
    private readonly HashSet<UniqueAddress> _stopped = [];
    private readonly HashSet<UniqueAddress> _everGone = [];
    private TimeSpan _now = TimeSpan.FromSeconds(1);
    private LeaderState _state;
    private MemberList _stored = MemberList.Empty;
    private int _lastUid = 100;

    internal History(int seed, LeaderRules rules)
    {
        _random = new Random(seed);
        _rules = rules;
        _state = LeaderDesk.Begin(1, LeaderDeskTests.Node(1), _stored, null, _now, rules);
        Join(LeaderDeskTests.Node(1));
    }

    internal void Step(int kind)
    {
        var node = Any();
        switch (kind)
        {
            case < 20:
                Join(new UniqueAddress(LeaderDeskTests.Node(_random.Next(2, 7)).Address, ++_lastUid));
                break;
            case < 55 when node is not null:
                Beat(node);
                break;
            case < 60 when node is not null:
                Apply(LeaderDesk.Leave(_state, node.Address));
                break;
            case < 65 when node is not null:
                Apply(LeaderDesk.Down(_state, node.Address));
                break;
            case < 72 when node is not null && node != _state.Self:
                _stopped.Add(node);
                Apply(LeaderDesk.Stopped(_state, node));
                break;
            case < 76:
                NextTerm();
                break;
            default:
                _now += TimeSpan.FromMilliseconds(_random.Next(0, 1_500));
                if (_state.List.Find(_state.Self) is not null)
                    _leaseEnds[_state.Self] = _now + _rules.MemberLease;
                Apply(LeaderDesk.Tick(_state, _now, _rules));
                break;
        }
    }

    /// <summary>Whoever does not say that it lives is gone after one lease at most.</summary>
    internal void Settle()
    {
        _now += _rules.MemberLease;
        Apply(LeaderDesk.Tick(_state, _now, _rules));
        Assert.All(_state.List.Entries, entry => Assert.Equal(_state.Self, entry.Node));
    }

    private UniqueAddress? Any()
    {
        var nodes = _state.List.Entries.Select(entry => entry.Node).ToList();
        return nodes.Count == 0 ? null : nodes[_random.Next(nodes.Count)];
    }

    private void Join(UniqueAddress node)
    {
        var applicant = LeaderDeskTests.Applicant(node);
        var (state, verdict) = LeaderDesk.Join(
            _state, applicant, false, _now, DateTimeOffset.UnixEpoch, _rules);
        if (verdict is JoinVerdict.Probe probe)
        {
            // It was asked, and it is there: the run before it at this address has ended.
            _stopped.Add(probe.Known);
            (state, verdict) = LeaderDesk.Join(state, applicant, true, _now, DateTimeOffset.UnixEpoch, _rules);
        }

        Assert.IsType<JoinVerdict.Accepted>(verdict);
        _leaseEnds[node] = _now + _rules.MemberLease;
        Apply(state);
    }

    /// <summary>The member counts from when it sent the heartbeat, which was some time before it came.</summary>
    private void Beat(UniqueAddress node)
    {
        var sent = _now - TimeSpan.FromMilliseconds(_random.Next(0, 200));
        var (state, isGranted) = LeaderDesk.Heartbeat(_state, node, _now, _rules);
        if (isGranted && sent + _rules.MemberLease > _leaseEnds[node])
            _leaseEnds[node] = sent + _rules.MemberLease;
        Apply(state);
    }

    /// <summary>What was not stored of the term before is forgotten.</summary>
    private void NextTerm()
    {
        var candidates = _stored.Entries.Where(entry => entry.Status == MemberStatus.Up).ToList();
        if (candidates.Count == 0)
            return;
        var self = candidates[_random.Next(candidates.Count)].Node;
        var isSame = self == _state.Self;
        var epoch = _state.Epoch + (isSame ? 1 : _random.Next(1, 3));
        _state = LeaderDesk.Begin(epoch, self, _stored, isSame ? _state : null, _now, _rules);
    }

    private void Apply(LeaderState next)
    {
        foreach (var change in next.Unstored)
        {
            Assert.Equal(change.From + 1, change.To);
            foreach (var gone in change.Gone)
                CheckGone(gone.Node, next.Self);
            foreach (var entry in change.Put)
                Assert.DoesNotContain(entry.Node, _everGone);
        }

        // Now and then the store is slow.
        if (_random.Next(4) == 0 || next.Unstored.IsEmpty)
        {
            _state = next;
            return;
        }

        foreach (var change in next.Unstored)
        {
            Assert.Equal(_stored.Version, change.From);
            _stored = _stored.With(change);
            _everGone.UnionWith(change.Gone.Select(gone => gone.Node));
        }

        Assert.Equal(next.List.Version, _stored.Version);
        Assert.Equal(next.List.Entries, _stored.Entries);
        Assert.Equal(_stored.Count, _stored.Entries.Select(entry => entry.Node.Address).Distinct().Count());
        _state = next with { Unstored = [] };
    }

    private void CheckGone(UniqueAddress node, UniqueAddress leader) => Assert.True(
        _stopped.Contains(node) || _now >= _leaseEnds[node] || node == leader,
        $"{node} was removed at {_now}; it may run until {_leaseEnds[node]}.");
}
