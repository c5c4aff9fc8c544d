using Akka.Cluster.Sharding;
using Akka.Event;

namespace ClusterScheduler.Runtime.Entities;

/// <summary>
/// Hosts all entities of a kind on a node that is alone: what a shard region does in a cluster, with the same
/// extractor and the same way to passivate. A message wakes its entity; an entity that passivates is not sent
/// anything between its wish and its end, and is started again when something came meanwhile.
/// </summary>
public sealed class EntityParent : ReceiveActor
{
    private readonly IMessageExtractor extractor;
    private readonly Func<string, Props> entityProps;
    private readonly int bufferMax;
    private readonly Dictionary<string, IActorRef> entities = new(StringComparer.Ordinal);
    private readonly Dictionary<IActorRef, string> ids = [];
    private readonly Dictionary<IActorRef, Queue<(object Message, IActorRef Sender)>> leaving = [];
    private readonly ILoggingAdapter log = Context.GetLogger();

    public EntityParent(IMessageExtractor extractor, Func<string, Props> entityProps, int bufferMax)
    {
        this.extractor = extractor;
        this.entityProps = entityProps;
        this.bufferMax = bufferMax;
        Receive<Passivate>(passivate => Leave(passivate.StopMessage));
        Receive<Terminated>(ended => Left(ended.ActorRef));
        ReceiveAny(Deliver);
    }

    public static Props Props(IMessageExtractor extractor, Func<string, Props> entityProps, int bufferMax) =>
        Akka.Actor.Props.Create(() => new EntityParent(extractor, entityProps, bufferMax));

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    private void Deliver(object message)
    {
        if (extractor.EntityId(message) is not { } id || extractor.EntityMessage(message) is not { } content)
        {
            Unhandled(message);
            return;
        }

        var entity = entities.TryGetValue(id, out var known) ? known : Start(id);
        if (!leaving.TryGetValue(entity, out var buffer))
        {
            entity.Forward(content);
        }
        else if (buffer.Count < bufferMax)
        {
            buffer.Enqueue((content, Sender));
        }
        else
        {
            log.Warning("entity {0} is leaving and {1} messages wait for it; one more is dropped", id, bufferMax);
        }
    }

    private IActorRef Start(string id)
    {
        // Ids are opaque; a path takes fewer characters than an id may have.
        var entity = Context.ActorOf(entityProps(id), Uri.EscapeDataString(id));
        entities[id] = entity;
        ids[entity] = id;
        Context.Watch(entity);
        return entity;
    }

    private void Leave(object stopMessage)
    {
        if (ids.ContainsKey(Sender) && leaving.TryAdd(Sender, new Queue<(object, IActorRef)>()))
        {
            Sender.Tell(stopMessage);
        }
    }

    private void Left(IActorRef entity)
    {
        if (!ids.Remove(entity, out var id))
        {
            return;
        }

        entities.Remove(id);
        if (leaving.Remove(entity, out var buffer) && buffer.Count > 0)
        {
            var next = Start(id);
            foreach (var (message, sender) in buffer)
            {
                next.Tell(message, sender);
            }
        }
    }
}
