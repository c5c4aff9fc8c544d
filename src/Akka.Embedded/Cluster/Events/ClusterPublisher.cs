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
    internal void Show(ClusterView view, Action<ClusterView> place)
    {
        var before = View;
        View = view;
        place(view);
        foreach (var happened in ViewEvents.Between(before, view, self))
            _subscribers.Publish(happened);
    }

    internal void Publish(ClusterEvent.IClusterDomainEvent happened) => _subscribers.Publish(happened);

    private void SendHistory(IActorRef subscriber, Type type)
    {
        foreach (var happened in ViewEvents.Between(ClusterView.Empty, View, self))
        {
            if (type.IsInstanceOfType(happened))
                subscriber.Tell(happened, ActorRefs.NoSender);
        }
    }
}
