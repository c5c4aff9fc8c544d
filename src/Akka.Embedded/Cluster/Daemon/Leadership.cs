using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Leading;
using Akka.Cluster.Lists;
using Akka.Cluster.Wire;
using Akka.Event;

namespace Akka.Cluster.Daemon;

/// <summary>
/// One term of this node as leader: what <see cref="LeaderDesk"/> decides is stored, and once it is, told to all.
/// Nothing is granted, stored or told without a look at the lease.
/// </summary>
internal sealed class Leadership
{
    /// <summary>Pause between news, per member: many changes of a large cluster go out together.</summary>
    private static readonly TimeSpan PerMember = TimeSpan.FromMicroseconds(20);

    /// <summary>Pause between looks at all members, per member: ten thousand are looked at twice a second.</summary>
    private static readonly TimeSpan LookPerMember = TimeSpan.FromMicroseconds(50);

    private readonly NodeContext _context;
    private readonly Candidacy _candidacy;
    private readonly LeaderRules _rules;
    private readonly ChangeLog _log = new();
    private readonly HashSet<UniqueAddress> _toWelcome = [];
    private readonly Dictionary<Address, Applicant> _probed = [];
    private LeaderState _state;
    private ImmutableList<ListChange>? _writing;
    private TimeSpan _toldAt = NodeContext.LongAgo;
    private TimeSpan _announcedAt;
    private TimeSpan _lookedAt = NodeContext.LongAgo;

    internal Leadership(
        NodeContext context, Candidacy candidacy, long epoch, MemberList stored, LeaderState? before)
    {
        _context = context;
        _candidacy = candidacy;
        _rules = context.RulesFor(candidacy.Id);
        _state = LeaderDesk.Begin(epoch, context.Self, stored, before, context.Now, _rules);
        Stored = stored;
        Announce(onlyUnheard: false);
    }

    internal LeaderState State => _state;

    /// <summary>The list as all may know it.</summary>
    internal MemberList Stored { get; private set; }

    internal bool Holds => _candidacy.Holds(_state.Epoch);

    private UniqueAddress Self => _context.Self;

    internal JoinVerdict AddSelf(Applicant self) => Admit(self, isAddressProven: true);

    internal void Join(JoinRequest request)
    {
        if (request.Applicant is not { } applicant || !Holds)
            return;
        switch (Admit(applicant, isAddressProven: false))
        {
            case JoinVerdict.Accepted:
                Welcome(applicant.Node);
                break;
            case JoinVerdict.Probe probe:
                if (_probed.GetValueOrDefault(probe.Known.Address)?.Node != applicant.Node)
                    _context.Log.Info(
                        "{0} asks to join, and another run of it is a member; asking which one is there.",
                        applicant.Node);
                _probed[probe.Known.Address] = applicant;
                _context.Send(applicant.Node.Address, new WhoIsThere(Self));
                break;
            case JoinVerdict.Refused refused:
                _context.Log.Warning("{0} is not let in: {1}.", applicant.Node.Address, refused.Text);
                _context.Send(
                    applicant.Node.Address,
                    new JoinRefused(refused.Reason, $"{refused.Text}. So says {Self.Address}."));
                break;
            default:
                throw new InvalidOperationException("A node that asks to join is accepted, asked or refused.");
        }
    }

    internal void Take(HereIs here)
    {
        if (!_probed.Remove(here.Node.Address, out var applicant) || !Holds)
            return;
        if (here.Node == applicant.Node)
        {
            if (Admit(applicant, isAddressProven: true) is JoinVerdict.Accepted)
                Welcome(applicant.Node);
        }
        else
        {
            // A word to that address would not reach it; its connection ends, and when it greets again it hears why.
            _context.Log.Warning(
                "Another process claims the address {0} of a member that still answers there; it is not let in.",
                here.Node.Address);
            _context.Remoting.GiveUp(applicant.Node);
        }
    }

    internal void Take(Heartbeat beat)
    {
        if (!Holds)
            return;
        var (state, isGranted) = LeaderDesk.Heartbeat(_state, beat.Node, _context.Now, _rules);
        _state = state;
        IClusterMessage answer = isGranted
            ? new LeaseGranted(_state.Epoch, Self, beat.Number, _rules.MemberLease)
            : new NotMember(_state.Epoch, Self, beat.Node);
        if (!isGranted && Stored.Find(beat.Node) is not null)
            SendMissing(beat.Node.Address, beat.Version); // down; it hears why
        else
            _context.Send(beat.Node.Address, answer);
        if (isGranted && beat.Version < Stored.Version && beat.Version < _log.QuietVersion(_context.Now))
            SendMissing(beat.Node.Address, beat.Version);
        Flush();
    }

    internal void Leave(Address address) => Decide(state => LeaderDesk.Leave(state, address));

    internal void Down(Address address) => Decide(state => LeaderDesk.Down(state, address));

    internal void Take(Stopped stopped)
    {
        Decide(state => LeaderDesk.Stopped(state, stopped.Node));
        if (Stored.Find(stopped.Node) is null)
            _context.Send(stopped.Node.Address, new NotMember(_state.Epoch, Self, stopped.Node));
    }

    internal void Tick()
    {
        if (_context.Now - _lookedAt >= LookPerMember * Stored.Count)
        {
            _lookedAt = _context.Now;
            Decide(state => LeaderDesk.Tick(state, _context.Now, _rules));
        }
        else
        {
            Flush();
        }

        if (_context.Now - _announcedAt >= _context.Settings.HeartbeatInterval)
            Announce(onlyUnheard: true);
    }

    /// <summary>True: others may hear of it now; the caller has shown it to this node first.</summary>
    internal ImmutableList<ListChange> Written(ListWritten written)
    {
        var changes = _writing ?? [];
        _writing = null;
        if (written.Failure is not null)
            _context.Log.Warning("The member list could not be stored: {0}", written.Failure.Message);
        if (written.IsFenced || written.Failure is not null || changes.IsEmpty)
            return [];
        _state = _state with { Unstored = _state.Unstored.RemoveRange(0, changes.Count) };
        foreach (var change in changes)
            Stored = Stored.With(change);
        _log.Add(changes, _context.Now);
        return changes;
    }

    internal void Tell(ImmutableList<ListChange> changes)
    {
        _toldAt = _context.Now;
        var news = new ListChanges(_state.Epoch, Self, [.. changes]);
        foreach (var entry in Stored.Entries.Where(entry => entry.Node != Self && !_toWelcome.Contains(entry.Node)))
            _context.Send(entry.Node.Address, news);
        foreach (var gone in changes.SelectMany(change => change.Gone).Where(gone => gone.Node != Self))
            _context.Send(gone.Node.Address, new NotMember(_state.Epoch, Self, gone.Node));
        foreach (var node in _toWelcome.Where(node => Stored.Find(node) is not null).ToList())
            Welcome(node);
        Flush();
    }

    internal void Resign()
    {
        var resigned = new LeaderResigned(_state.Epoch);
        foreach (var entry in Stored.Entries.Where(entry => entry.Node != Self && entry.MayLead))
            _context.Send(entry.Node.Address, resigned);
    }

    private JoinVerdict Admit(Applicant applicant, bool isAddressProven)
    {
        var (state, verdict) = LeaderDesk.Join(
            _state, applicant, isAddressProven, _context.Now, _context.WallClock, _rules);
        _state = state;
        Flush();
        return verdict;
    }

    private void Welcome(UniqueAddress node)
    {
        if (Stored.Find(node) is null)
        {
            _toWelcome.Add(node);
            return;
        }

        _toWelcome.Remove(node);
        SendFull(node.Address);
    }

    private void Decide(Func<LeaderState, LeaderState> decide)
    {
        if (!Holds)
            return;
        _state = decide(_state);
        Flush();
    }

    private void Flush()
    {
        if (_writing is not null || _state.Unstored.IsEmpty || !Holds
            || _context.Now - _toldAt < PerMember * Stored.Count)
            return;
        _writing = _state.Unstored;
        var epoch = _state.Epoch;
        var write = _candidacy.Store.Write(epoch, ListChange.Merge(_writing), _candidacy.Stopped)
            .WaitAsync(_context.Settings.LeaderLease, _context.Time);
        _context.Report(
            write, stored => new ListWritten(epoch, IsFenced: !stored, null),
            failure => new ListWritten(epoch, IsFenced: false, failure));
    }

    private void SendMissing(Address to, long version)
    {
        if (_log.Since(version) is { } change)
            _context.Send(to, new ListChanges(_state.Epoch, Self, [change]));
        else
            SendFull(to);
    }

    private void SendFull(Address to) =>
        _context.Send(to, new FullList(_state.Epoch, Self, _rules.StoreId, _rules.MemberLease, Stored));

    private void Announce(bool onlyUnheard)
    {
        _announcedAt = _context.Now;
        var here = new LeaderHere(_state.Epoch, Self);
        foreach (var entry in _state.List.Entries.Where(entry => entry.Node != Self))
        {
            if (!onlyUnheard || !_state.Hearings[entry.Node].IsHeardInTerm)
                _context.Send(entry.Node.Address, here);
        }
    }
}

/// <summary>The list was written; or it was not, as a later term has it or the store failed.</summary>
internal sealed record ListWritten(long Epoch, bool IsFenced, Exception? Failure) : DaemonCommand;
