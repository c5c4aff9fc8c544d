using System.Collections.Immutable;
using Akka.Cluster.Leading;
using Akka.Cluster.Lists;
using Akka.Event;

namespace Akka.Cluster.Daemon;

/// <content>This node as the leader: from the lease to the end of the term.</content>
internal sealed partial class ClusterDaemon
{
    private ImmutableHashSet<UniqueAddress> _resignedOver = [];
    private Leadership? _resigning;

    private void OnClaimTried(ClaimTried tried)
    {
        _candidacy!.Tried();
        if (tried.List is null)
            return;
        var isWanted = IsMember || _join is { Welcome: null };
        if (!isWanted || !_candidacy.Holds(tried.Epoch))
        {
            _candidacy.Release();
            return;
        }

        if (IsMember && tried.List.Find(Me) is null)
        {
            _candidacy.Release();
            EndAsDown("the list of the cluster does not have it any more");
            return;
        }

        BeginTerm(tried.Epoch, tried.List);
    }

    private void BeginTerm(long epoch, MemberList stored)
    {
        _log.Info("{0} leads the cluster, term {1}, {2} members.", Me.Address, epoch, stored.Count);
        (_epoch, _leader) = (epoch, Me);
        var leadership = new Leadership(_node, _candidacy!, epoch, stored, _lastTerm);
        _leadership = leadership;
        _lease.GrantOwn(_node.Settings.MemberLease, _node.Now);
        if (_join is null)
        {
            Show(stored);
            return;
        }

        if (leadership.AddSelf(_join.Describe(_candidacy!.Id)) is JoinVerdict.Refused refused)
        {
            StepDown(refused.Text);
            GiveUpJoining(refused.Reason, refused.Text);
        }
    }

    private void Lead(Leadership leadership)
    {
        if (!leadership.Holds)
        {
            StepDown("its lease ran out");
            return;
        }

        _lease.GrantOwn(_node.Settings.MemberLease, _node.Now);
        leadership.Tick();
        AskAgain();
        ConfirmAgain();
        if (LeaderDesk.Missed(leadership.State) is not { } missed)
        {
            if (leadership.State.List.Entries.All(entry => entry.IsReachable || !entry.MayLead))
                _resignedOver = [];
        }
        else if (!missed.IsSubsetOf(_resignedOver))
        {
            // If it is this node that is cut off, one of the others takes over; if not, nobody does, and it comes back.
            _resignedOver = missed;
            _candidacy!.Rest(_node.Settings.LeaderLease + (_node.Settings.ElectionInterval * 2));
            StepDown($"it hears of less than half of those that may lead, not of {string.Join(", ", missed)}");
        }
    }

    private void OnListWritten(ListWritten written)
    {
        if (_leadership is not { } leadership || written.Epoch != leadership.State.Epoch)
            return;
        if (written.IsFenced)
        {
            StepDown("the list was written by another");
            return;
        }

        var changes = leadership.Written(written);
        if (changes.IsEmpty)
            return;
        var isFirst = _join is not null && leadership.Stored.Find(Me) is not null;
        if (isFirst)
        {
            _join = null;
            NoteStored(_candidacy!.Id);
        }

        ShowOwn(isFirst, leadership.Stored, changes);
        leadership.Tell(changes);
        if (_leadership == leadership && _cluster.IsTerminated)
            StepDown("it is no member any more");
    }

    /// <summary>A leader that has just let itself in has not seen the list before its own changes.</summary>
    private void ShowOwn(bool isFirst, MemberList stored, ImmutableList<ListChange> changes)
    {
        if (isFirst && changes[0].From != List.Version)
            Show(stored);
        else
            ShowEach(changes);
    }

    private void StepDownIfLost()
    {
        if (_leadership is { Holds: false })
            StepDown("its lease ran out");
    }

    private void StepDown(string why)
    {
        if (_leadership is not { } leadership)
            return;
        _log.Info("{0} leads no more, term {1}: {2}.", Me.Address, leadership.State.Epoch, why);
        _leadership = null;
        _lastTerm = leadership.State;
        if (_leader == Me)
            _leader = null;
        if (IsMember)
            Show(List, []);
        _resigning = leadership;
        _candidacy!.Release();
    }

    /// <summary>Now another can have it at once.</summary>
    private void OnLeaseReleased()
    {
        _resigning?.Resign();
        _resigning = null;
        _ending?.TrySetResult(Done.Instance);
        _ending = null;
    }
}
