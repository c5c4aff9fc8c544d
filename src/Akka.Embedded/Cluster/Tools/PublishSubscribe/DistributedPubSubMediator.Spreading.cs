using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe.Spreading;

namespace Akka.Cluster.Tools.PublishSubscribe;

/// <summary>
/// How mediators learn of each other's entries. Each tells all others of its own changes as they happen and asks every
/// member that it has not seen before for what that has; whatever got lost on the way is found by comparing sums with
/// one other node now and then.
/// </summary>
public partial class DistributedPubSubMediator
{
    private ICancelable? _timer;
    private bool _willTell;

    protected override void PreStart()
    {
        var interval = _settings.GossipInterval;
        _timer = Context.System.Scheduler.ScheduleTellRepeatedlyCancelable(
            interval, interval, Self, CompareNow.Instance, Self);
        _cluster.Subscribe(Self, ClusterEvent.InitialStateAsSnapshot, typeof(ClusterEvent.IMemberEvent));
    }

    protected override void PostStop()
    {
        _timer?.Cancel();
        _cluster.Unsubscribe(Self);
    }

    private void ReceiveFromMediators()
    {
        Receive<Delivery>(delivery => DeliverHere(delivery.To, delivery.Message, Sender));
        Receive<TellNow>(_ => TellOthers());
        Receive<CompareNow>(_ => CompareWithOne());
        Receive<Changes>(changes =>
        {
            if (!_registry.Apply(changes))
                Sender.Tell(new Wanted([changes.Owner]));
        });
        Receive<BucketPart>(_registry.Apply);
        Receive<Wanted>(wanted => Supply(wanted.Owners));
        Receive<Digest>(digest =>
        {
            if (digest != _registry.Digest)
                Sender.Tell(_registry.Versions);
        });
        Receive<Versions>(versions =>
        {
            var (missing, surplus) = _registry.Compare(versions);
            foreach (var owners in missing.Chunk(_settings.MaxDeltaElements))
                Sender.Tell(new Wanted(owners));
            Supply(surplus);
        });
        Receive<ClusterEvent.CurrentClusterState>(state =>
        {
            foreach (var member in state.Members)
                Follow(member);
        });
        Receive<ClusterEvent.IMemberEvent>(change => Follow(change.Member));
    }

    private void Follow(Member member)
    {
        var node = member.UniqueAddress;
        var isSelf = node.Equals(_cluster.SelfUniqueAddress);
        if (isSelf && member.Status is MemberStatus.Removed)
            Context.Stop(Self);
        if (isSelf || (_settings.Role is { } role && !member.HasRole(role)))
            return;
        switch (member.Status)
        {
            case MemberStatus.Up or MemberStatus.WeaklyUp or MemberStatus.Leaving or MemberStatus.Exiting:
                if (_registry.AddNode(node))
                    MediatorOf(node).Tell(new Wanted([node]));
                break;
            case MemberStatus.Down or MemberStatus.Removed:
                _registry.RemoveNode(node);
                _mediators.Remove(node);
                break;
            default:
                break;
        }
    }

    /// <summary>Not each change alone: what comes in one go is told in one go.</summary>
    private void TellSoon()
    {
        if (_willTell)
            return;
        _willTell = true;
        Self.Tell(TellNow.Instance);
    }

    private void TellOthers()
    {
        _willTell = false;
        if (_registry.TakeChanges() is not { } changes)
            return;
        if (changes.Added.Count + changes.Removed.Count > _settings.MaxDeltaElements)
        {
            foreach (var node in _registry.Others)
                Supply(MediatorOf(node), [changes.Owner]);
            return;
        }

        foreach (var node in _registry.Others)
            MediatorOf(node).Tell(changes);
    }

    private void CompareWithOne()
    {
        var others = _registry.Others.ToList();
        if (others.Count > 0)
            MediatorOf(others[Random.Shared.Next(others.Count)]).Tell(_registry.Digest);
    }

    private void Supply(IEnumerable<UniqueAddress> owners) => Supply(Sender, owners);

    private void Supply(IActorRef to, IEnumerable<UniqueAddress> owners)
    {
        foreach (var part in owners.SelectMany(owner => _registry.Parts(owner, _settings.MaxDeltaElements)))
            to.Tell(part);
    }

    private sealed class TellNow
    {
        internal static readonly TellNow Instance = new();
    }

    private sealed class CompareNow
    {
        internal static readonly CompareNow Instance = new();
    }
}
