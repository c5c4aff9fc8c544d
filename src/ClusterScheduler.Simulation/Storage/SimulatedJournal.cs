using Akka.Persistence;
using Akka.Persistence.Journal;

namespace ClusterScheduler.Simulation.Storage;

/// <summary>
/// The journal plugin of a simulated node: serializes as the product's does, and asks the shared store.
/// </summary>
internal sealed class SimulatedJournal : AsyncWriteJournal
{
    private readonly NodeContext node = NodeContext.Of(Context.System);
    private readonly Akka.Serialization.Serialization serialization = Context.System.Serialization;

    public override Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr) =>
        node.Store.Highest(node.Node, persistenceId);

    public override async Task ReplayMessagesAsync(
        IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max,
        Action<IPersistentRepresentation> recoveryCallback)
    {
        var events = await node.Store.Read(node.Node, persistenceId, fromSequenceNr, toSequenceNr, max)
            .ConfigureAwait(false);
        foreach (var @event in events)
        {
            var payload = @event.Payload is { } bytes
                ? serialization.Deserialize(bytes, @event.SerializerId, @event.Manifest)
                : @event.Original;
            recoveryCallback(new Persistent(payload, @event.Number, persistenceId, @event.Manifest));
        }
    }

    /// <summary>One request is of one actor: its writes are one after the other, and all of them or none.</summary>
    protected override async Task<IImmutableList<Exception>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages)
    {
        var events = new List<StoredEvent>();
        var id = "";
        foreach (var write in messages)
        {
            id = write.PersistenceId;
            foreach (var @event in (IEnumerable<IPersistentRepresentation>)write.Payload)
            {
                events.Add(Serialized(@event));
            }
        }

        await node.Store.Append(node.Node, id, events).ConfigureAwait(false);
        return null!;
    }

    protected override Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr) => Task.CompletedTask;

    private StoredEvent Serialized(IPersistentRepresentation @event)
    {
        var payload = @event.Payload is Tagged tagged ? tagged.Payload : @event.Payload;
        var serializer = serialization.FindSerializerFor(payload);
        return new StoredEvent(@event.SequenceNr, serializer.Identifier,
            Akka.Serialization.Serialization.ManifestFor(serializer, payload),
            node.Node.Engine.SerializesAll ? serializer.ToBinary(payload) : null, payload);
    }
}
