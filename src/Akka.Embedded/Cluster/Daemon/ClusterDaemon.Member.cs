using Akka.Actor;
using Akka.Cluster.Lists;
using Akka.Cluster.Wire;

namespace Akka.Cluster.Daemon;

/// <content>A member that does not lead: heartbeats, the list, and who leads.</content>
internal sealed partial class ClusterDaemon
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    /// <summary>Without an answer for so long a node that may lead tries to.</summary>
    private TimeSpan Patience => _node.Settings.HeartbeatInterval * 2;

    private void Follow()
    {
        var isSilent = _leader is null || _node.Now - _lease.AnsweredAt > Patience;
        if (_node.Now - _lease.LastSentAt >= _node.Settings.HeartbeatInterval)
        {
            SendHeartbeat();
            AskAgain();
            ConfirmAgain();
            if (isSilent)
                AskAnother();
        }

        if (isSilent && OwnEntry is { Status: MemberStatus.Up or MemberStatus.Joining })
            _candidacy?.Try();
    }

    private void SendHeartbeat()
    {
        if (_leader is null)
            return;
        var number = _lease.Send(_node.Now);
        _node.Send(_leader.Address, new Heartbeat(Me, number, List.Version));
    }

    /// <summary>Someone who may lead knows who does, should its own word not have come through.</summary>
    private void AskAnother()
    {
        var others = List.Entries
            .Where(entry => entry.MayLead && entry.Node != Me && entry.Node != _leader && entry.IsReachable).ToList();
        if (others.Count == 0)
            return;
        var other = others[(int)(_node.Now.Ticks / _node.Settings.HeartbeatInterval.Ticks % others.Count)];
        _node.Send(other.Node.Address, new Heartbeat(Me, 0, List.Version));
    }

    private void OnHeartbeat(Heartbeat beat)
    {
        if (_node.IsCut(beat.Node.Address))
            return;
        if (_leadership is not null)
            _leadership.Take(beat);
        else if (IsMember && _leader is not null && _leader != Me)
            _node.Send(beat.Node.Address, new LeaderHere(_epoch, _leader));
    }

    private void OnLeaseGranted(LeaseGranted granted)
    {
        if (granted.Epoch != _epoch || _node.IsCut(granted.Leader.Address)
            || !_lease.Granted(granted.Number, granted.Lease, _node.Now))
            return;
        if (_join?.Welcome is { } welcome)
            BecomeMember(welcome);
    }

    /// <summary>Who led before leads no more.</summary>
    private bool Adopt(long epoch, UniqueAddress leader)
    {
        if (epoch < _epoch || _node.IsCut(leader.Address))
            return false;
        if (epoch == _epoch)
            return _leader == leader;
        (_epoch, _leader) = (epoch, leader);
        if (_cluster.IsTerminated)
        {
            ConfirmAgain();
            return true;
        }

        if (_join is not null)
            _join.Point(leader.Address, OwnStore);
        if (leader != Me && _leadership is not null)
            StepDown("another leads a later term");
        if (IsMember)
        {
            Show(List, []);
            SendHeartbeat();
        }

        return true;
    }

    private void OnLeaderResigned(LeaderResigned resigned)
    {
        if (resigned.Epoch != _epoch || !IsMember || _leadership is not null)
            return;
        _leader = null;
        if (OwnEntry is { Status: MemberStatus.Up or MemberStatus.Joining })
            _candidacy?.Try(isUrgent: true);
    }

    private void OnFullList(FullList list)
    {
        if (!Adopt(list.Epoch, list.Leader) || _leadership is not null || _cluster.IsTerminated)
            return;
        if (IsMember && list.List.Version > List.Version)
            Show(list.List);
        else if (_join is { Welcome: null } join)
            TakeWelcome(join, list);
        else if (_join is { Welcome: { } known } waiting && list.List.Version > known.List.Version)
            waiting.Welcome = list;
    }

    private void OnListChanges(ListChanges news)
    {
        if (!Adopt(news.Epoch, news.Leader) || _leadership is not null || _cluster.IsTerminated)
            return;
        if (_join is { Welcome: { } welcome } join)
            join.Welcome = welcome with { List = With(welcome.List, news.Changes) };
        else if (IsMember)
            ShowEach(news.Changes);
    }

    private void ShowEach(IEnumerable<ListChange> changes)
    {
        foreach (var change in changes)
        {
            var list = With(List, [change]);
            if (list != List)
                Show(list, change.Touched);
        }
    }

    /// <summary>A change that begins after the list ends is left: the next heartbeat says what is missing.</summary>
    private static MemberList With(MemberList list, IEnumerable<ListChange> changes) => changes.Aggregate(
        list,
        static (known, next) => next.From <= known.Version && next.To > known.Version ? known.With(next) : known);

    private void OnNotMember(NotMember not)
    {
        if (not.Node != Me || not.Epoch < _epoch)
            return;
        OnRemoved($"{not.Leader.Address} removed it");
    }

    private void OnRemoved(string why)
    {
        if (_cluster.IsTerminated)
            Confirmed();
        else if (OwnEntry?.Status == MemberStatus.Exiting)
            End(MemberStatus.Exiting);
        else if (IsMember)
            EndAsDown(why);
    }

    /// <summary>A whole list, of which nobody knows what is new in it.</summary>
    private void Show(MemberList list) => Show(list, [.. List.Nodes.Union(list.Nodes).Order()]);

    /// <summary>Shows a list to this node's code, and draws what follows from it for this node.</summary>
    private void Show(MemberList list, IReadOnlyCollection<UniqueAddress> touched)
    {
        var before = List;
        _publisher.Show(list, touched, _leader?.Address, view => _cluster.View = view);
        foreach (var gone in touched.Where(node => node != Me && list.Find(node) is null).Select(before.Find))
        {
            if (gone is not null)
                Forget(gone);
        }

        if (!_cluster.IsTerminated)
            React(before.Find(Me)?.Status);
    }

    /// <summary>
    /// Its actors are gone at once. The line to a node that left stays for its last words and for the answer to them.
    /// </summary>
    private void Forget(MemberEntry gone)
    {
        _node.Remoting.DeclareGone(gone.Node);
        if (gone.Status == MemberStatus.Exiting)
            Context.System.Scheduler.Advanced.ScheduleOnce(LastWords, () => _node.Remoting.GiveUp(gone.Node));
        else
            _node.Remoting.GiveUp(gone.Node);
    }

    private void React(MemberStatus? before)
    {
        var now = OwnEntry?.Status;
        if (now == before)
            return;
        switch (now)
        {
            case null:
                if (before == MemberStatus.Exiting)
                    End(MemberStatus.Exiting);
                else
                    EndAsDown("it was removed");
                break;
            case MemberStatus.Up:
                CallAll(_whenUp);
                break;
            case MemberStatus.Exiting:
                _leaving?.TrySetResult(Done.Instance);
                CoordinatedShutdown.Get(Context.System).Run(CoordinatedShutdown.ClusterLeavingReason.Instance);
                break;
            case MemberStatus.Down:
                EndAsDown("it was downed");
                break;
            default:
                break;
        }
    }
}
