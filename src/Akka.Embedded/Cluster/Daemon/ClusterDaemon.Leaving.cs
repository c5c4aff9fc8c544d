using Akka.Actor;
using Akka.Cluster.Lists;
using Akka.Cluster.Wire;
using Akka.Event;

namespace Akka.Cluster.Daemon;

/// <content>From member to none: leaving, being downed, and what is called then.</content>
internal sealed partial class ClusterDaemon
{
    private TaskCompletionSource<Done>? _leaving;
    private TaskCompletionSource<Done>? _confirming;
    private TaskCompletionSource<Done>? _ending;
    private bool _wasDowned;

    private void Leave(Address address)
    {
        if (address == Me.Address && !IsMember)
        {
            if (!_cluster.IsTerminated)
                End(MemberStatus.Removed);
            return;
        }

        _toLeave.Add(address);
        AskAgain();
    }

    private void Down(Address address)
    {
        if (!IsMember)
            return;
        _toDown.Add(address);
        AskAgain();
    }

    /// <summary>What users want of the leader is asked again until the list shows it.</summary>
    private void AskAgain()
    {
        _toLeave.RemoveWhere(address => List.Find(address)?.Status is not (MemberStatus.Joining or MemberStatus.Up));
        _toDown.RemoveWhere(address => List.Find(address) is null or { Status: MemberStatus.Down });
        foreach (var address in _toLeave)
            AskLeader(new LeaveRequest(address));
        foreach (var address in _toDown)
            AskLeader(new DownRequest(address));
    }

    private void AskLeader(IClusterMessage request)
    {
        if (_leader is not null)
            _node.Send(_leader.Address, request);
    }

    private void OnBeginLeaving(BeginLeaving begin)
    {
        if (!IsMember || OwnEntry!.Status is MemberStatus.Exiting or MemberStatus.Down)
        {
            _join = null;
            begin.Done.TrySetResult(Done.Instance);
            return;
        }

        _leaving = begin.Done;
        Leave(Me.Address);
    }

    private void OnConfirmStopped(ConfirmStopped confirm)
    {
        if (!IsMember && !_wasDowned)
        {
            confirm.Done.TrySetResult(Done.Instance);
            return;
        }

        // A downed node may have lost its leader: it says that it has stopped, and waits for no answer.
        _confirming = confirm.Done;
        ConfirmAgain();
        if (_wasDowned)
            confirm.Done.TrySetResult(Done.Instance);
    }

    private void ConfirmAgain()
    {
        if (_confirming is null)
            return;
        if (_leadership is not null)
            _leadership.Take(new Stopped(Me));
        else
            AskLeader(new Stopped(Me));
    }

    private void Confirmed()
    {
        _confirming?.TrySetResult(Done.Instance);
        _confirming = null;
    }

    private void OnEndMembership(EndMembership end)
    {
        if (!_cluster.IsTerminated)
            End(OwnEntry?.Status ?? MemberStatus.Removed);
        if (_leadership is not null)
            StepDown("it is no member any more");
        if (_resigning is null)
            end.Done.TrySetResult(Done.Instance);
        else
            _ending = end.Done;
    }

    private void EndAsDown(string why)
    {
        _log.Warning("{0} is no member any more: {1}. Its actor system ends.", Me.Address, why);
        _wasDowned = true;
        if (_leadership is not null)
            StepDown("it is no member any more");
        End(MemberStatus.Down);
        if (_cluster.Settings.RunCoordinatedShutdownWhenDown)
            CoordinatedShutdown.Get(Context.System).Run(CoordinatedShutdown.ClusterDowningReason.Instance);
    }

    /// <summary>This run of the node is over as a member; its subscribers hear that it is removed.</summary>
    private void End(MemberStatus previous)
    {
        if (_cluster.IsTerminated)
            return;
        _join = null;
        _cluster.MarkTerminated();
        if (OwnEntry is { } self)
        {
            if (previous == MemberStatus.Down && self.Status != MemberStatus.Down)
                ShowOnly(new ListChange(List.Version, List.Version, [self.With(MemberStatus.Down)], []));
            ShowOnly(new ListChange(List.Version, List.Version, [], [new RemovedEntry(Me, previous)]));
        }

        _publisher.Publish(ClusterEvent.ClusterShuttingDown.Instance);
        _leaving?.TrySetResult(Done.Instance);
        if (previous != MemberStatus.Down)
            Confirmed();
        CallAll(_whenRemoved);
    }

    private void ShowOnly(ListChange change) => _publisher.Show(
        List.With(change), change.Touched, _leader?.Address, view => _cluster.View = view);

    private void AddWhenUp(CallWhenUp each)
    {
        _whenUp.Add(each.Callback);
        if (_cluster.IsUp)
            CallAll(_whenUp);
    }

    private void AddWhenRemoved(CallWhenRemoved each)
    {
        _whenRemoved.Add(each.Callback);
        if (_cluster.IsTerminated)
            CallAll(_whenRemoved);
    }

    private void CallAll(List<Action> callbacks)
    {
        var due = callbacks.ToArray();
        callbacks.Clear();
        foreach (var callback in due)
        {
            try
            {
                callback();
            }
            catch (Exception failure)
            {
                _log.Error(failure, "A callback about this node's membership failed: {0}", failure.Message);
            }
        }
    }
}
