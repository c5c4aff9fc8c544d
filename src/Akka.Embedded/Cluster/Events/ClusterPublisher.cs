using Akka.Actor;
using Akka.Cluster.Daemon;
using Akka.Cluster.Lists;
using Akka.Event;

namespace Akka.Cluster;

/// <summary>Those who subscribed, and what each gets.</summary>
internal sealed class ClusterPublisher(UniqueAddress self)
{
    private readonly EventStream _subscribers = new(debug: false);

    internal ClusterView View { get; private set; } = ClusterView.Empty;

    internal void Subscribe(SubscribeToCluster subscription)
    {
        var (subscriber, mode, types) = subscription;
        if (mode == ClusterEvent.SubscriptionInitialStateMode.InitialStateAsSnapshot)
            SendState(subscriber);
        foreach (var type in types)
        {
            if (mode == ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents)
                SendHistory(subscriber, type);
            _subscribers.Subscribe(subscriber, type);
        }
    }

    internal void Unsubscribe(IActorRef subscriber, Type? type)
    {
        if (type is null)
            _subscribers.Unsubscribe(subscriber);
        else
            _subscribers.Unsubscribe(subscriber, type);
    }

    internal void SendState(IActorRef receiver) => receiver.Tell(View.State, ActorRefs.NoSender);

    /// <summary>The view is in place before anyone hears of it.</summary>
    /// <param name="list">What is shown from now on.</param>
    /// <param name="touched">All runs whose line may be another than before.</param>
    /// <param name="leader">Who leads; null for nobody.</param>
    /// <param name="place">Puts the view where all can see it.</param>
    internal void Show(
        MemberList list, IReadOnlyCollection<UniqueAddress> touched, Address? leader, Action<ClusterView> place)
    {
        var before = View;
        View = before.Next(list, touched, leader, self);
        place(View);
        foreach (var happened in ViewEvents.Between(before, View, touched, self))
            _subscribers.Publish(happened);
    }

    internal void Publish(ClusterEvent.IClusterDomainEvent happened) => _subscribers.Publish(happened);

    private void SendHistory(IActorRef subscriber, Type type)
    {
        var all = View.List.Nodes.ToList();
        foreach (var happened in ViewEvents.Between(ClusterView.Empty, View, all, self))
        {
            if (type.IsInstanceOfType(happened))
                subscriber.Tell(happened, ActorRefs.NoSender);
        }
    }
}
