using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe.Spreading;
using Akka.Event;
using Akka.Routing;

namespace Akka.Cluster.Tools.PublishSubscribe;

/// <summary>
/// One on every node of a role. It knows the receivers of its own node and, of every other node, for what that node
/// has any; a message goes once to each node that has.
/// </summary>
public partial class DistributedPubSubMediator : ReceiveActor
{
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly LocalReceivers _local = new();
    private readonly Dictionary<Entry, Routee[]> _routees = [];
    private readonly Dictionary<UniqueAddress, IActorRef> _mediators = [];
    private readonly DistributedPubSubSettings _settings;
    private readonly Registry _registry;

    public DistributedPubSubMediator(DistributedPubSubSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Role is { } role && !_cluster.SelfRoles.Contains(role))
            throw new ArgumentException(
                $"{_cluster.SelfAddress} does not have the role '{role}' of the mediator {Self.Path} "
                + "(akka.cluster.pub-sub.role, akka.cluster.roles).", nameof(settings));
        _settings = settings;
        _registry = new Registry(
            _cluster.SelfUniqueAddress, DateTime.UtcNow.Ticks, entry => _routees.Remove(entry));
        ReceiveFromUsers();
        ReceiveFromMediators();
    }

    public ILoggingAdapter Log { get; } = Context.GetLogger();

    public static Props Props(DistributedPubSubSettings settings) =>
        Actor.Props.Create(() => new DistributedPubSubMediator(settings)).WithDeploy(Deploy.Local);

    private void ReceiveFromUsers()
    {
        Receive<Publish>(publish =>
        {
            if (publish.SendOneMessageToEachGroup)
                ToEachGroup(publish.Topic, publish.Message);
            else
                ToAll(Entry.Topic(publish.Topic, null), publish.Message, exceptHere: false);
        });
        Receive<Send>(ToOne);
        Receive<SendToAll>(send => ToAll(Entry.Path(send.Path), send.Message, send.ExcludeSelf));
        Receive<Subscribe>(subscribe =>
        {
            Register(Entry.Topic(subscribe.Topic, subscribe.Group), subscribe.Ref);
            Sender.Tell(new SubscribeAck(subscribe));
        });
        Receive<Unsubscribe>(unsubscribe =>
        {
            Forget(Entry.Topic(unsubscribe.Topic, unsubscribe.Group), unsubscribe.Ref);
            Sender.Tell(new UnsubscribeAck(unsubscribe));
        });
        Receive<Put>(PutLocal);
        Receive<Remove>(remove =>
        {
            foreach (var actor in _local.Of(Entry.Path(remove.Path)).ToList())
                Forget(Entry.Path(remove.Path), actor);
        });
        Receive<Terminated>(gone =>
        {
            foreach (var entry in _local.EntriesOf(gone.ActorRef).ToList())
                Forget(entry, gone.ActorRef);
        });
        Receive<GetTopics>(_ => Sender.Tell(new CurrentTopics(
            _registry.Topics.ToImmutableHashSet(StringComparer.Ordinal))));
    }

    private void PutLocal(Put put)
    {
        if (put.Ref.Path.Address.HasGlobalScope && put.Ref.Path.Address != _cluster.SelfAddress)
        {
            Log.Warning("{0} is not put: it is an actor of another node; only those of this node can be.", put.Ref);
            return;
        }

        var entry = Entry.Path(put.Ref.Path.ToStringWithoutAddress());
        foreach (var former in _local.Of(entry).Where(former => !former.Equals(put.Ref)).ToList())
            Forget(entry, former);
        Register(entry, put.Ref);
    }

    private void Register(Entry entry, IActorRef actor)
    {
        Context.Watch(actor);
        _local.Add(entry, actor);
        _registry.AddOwn(entry);
        TellSoon();
    }

    private void Forget(Entry entry, IActorRef actor)
    {
        if (_local.Remove(entry, actor))
            _registry.RemoveOwn(entry);
        if (_local.EntriesOf(actor).Count == 0)
            Context.Unwatch(actor);
        TellSoon();
    }

    private void ToOne(Send send)
    {
        var entry = Entry.Path(send.Path);
        if (send.LocalAffinity && _local.Of(entry) is { Count: > 0 } here)
            here[0].Forward(send.Message);
        else
            Choose(entry, send.Message);
    }

    private void ToEachGroup(string topic, object message)
    {
        var groups = _registry.Groups(topic);
        if (groups.Count == 0)
            ToNobody(message);
        foreach (var group in groups)
            Choose(Entry.Topic(topic, group), message);
    }

    private void Choose(Entry entry, object message)
    {
        var routees = RouteesOf(entry);
        if (routees.Length == 0)
            ToNobody(message);
        else
            _settings.RoutingLogic.Select(message, routees).Send(message, Sender);
    }

    private void ToAll(Entry entry, object message, bool exceptHere)
    {
        Delivery? delivery = null;
        var sent = false;
        foreach (var node in _registry.Holders(entry))
        {
            if (!node.Equals(_cluster.SelfUniqueAddress))
                MediatorOf(node).Tell(delivery ??= new Delivery(entry, message), Sender);
            else if (exceptHere)
                continue;
            else
                DeliverHere(entry, message, Sender);
            sent = true;
        }

        if (!sent)
            ToNobody(message);
    }

    /// <summary>To all of a topic, to one of a group.</summary>
    private void DeliverHere(Entry entry, object message, IActorRef sender)
    {
        var receivers = _local.Of(entry);
        if (receivers.Count == 0)
            ToNobody(message);
        else if (entry.Kind == EntryKind.Group)
            _settings.RoutingLogic.Select(message, [.. receivers.Select(Routee.FromActorRef)]).Send(message, sender);
        else
            foreach (var receiver in receivers)
                receiver.Tell(message, sender);
    }

    private void ToNobody(object message)
    {
        if (_settings.SendToDeadLettersWhenNoSubscribers)
            Context.System.DeadLetters.Tell(new DeadLetter(message, Sender, Self));
    }

    private Routee[] RouteesOf(Entry entry)
    {
        if (!_routees.TryGetValue(entry, out var routees))
            _routees[entry] = routees = [.. _registry.Holders(entry).Select(node => new NodeRoutee(this, entry, node))];
        return routees;
    }

    private IActorRef MediatorOf(UniqueAddress node)
    {
        if (!_mediators.TryGetValue(node, out var mediator))
            _mediators[node] = mediator = ((ExtendedActorSystem)Context.System).Provider.ResolveActorRef(
                node.Address + Self.Path.ToStringWithoutAddress());
        return mediator;
    }

    /// <summary>The receivers of one node, to choose among nodes.</summary>
    private sealed class NodeRoutee(DistributedPubSubMediator mediator, Entry entry, UniqueAddress node) : Routee
    {
        public override void Send(object message, IActorRef sender)
        {
            if (node.Equals(mediator._cluster.SelfUniqueAddress))
                mediator.DeliverHere(entry, message, sender);
            else
                mediator.MediatorOf(node).Tell(new Delivery(entry, message), sender);
        }
    }
}
