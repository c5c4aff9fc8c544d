using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence.Journal;

namespace Akka.Persistence.Sql.Journal;

/// <summary>
/// The journal on an <see cref="IEventStore"/>. Answers go from the store's writer straight to the actors, after the
/// transaction is durable. Events of a recovering actor are read in batches, the next one when it asks for it.
/// </summary>
internal sealed class SqlWriteJournal : WriteJournalBase
{
    private readonly EventStores _stores;
    private readonly IEventStore _store;
    private readonly PayloadCodec _codec;
    private readonly string _writerUuid;
    private readonly int _batchSize;
    private int _writing;

    public SqlWriteJournal(Config config)
    {
        var extension = Persistence.Instance.Apply(Context.System);
        _stores = extension.Stores;
        _store = _stores.Acquire(config, Self.Path.Name);
        _codec = new PayloadCodec(Context.System.Serialization);
        _writerUuid = extension.WriterUuid;
        _batchSize = Math.Clamp(config.GetInt("replay-batch-size", 500), 1, 100_000);
    }

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case JournalProtocol.WriteMessages write:
                Write(write);
                return true;
            case JournalProtocol.Replay replay:
                _ = Replay(replay);
                return true;
            case JournalProtocol.DeleteTo delete:
                _ = Delete(delete);
                return true;
            default:
                return false;
        }
    }

    protected override void PostStop() => _stores.Release(_store);

    /// <summary>
    /// All events of a request are stored or none: after a write that was refused because another writer was faster,
    /// no later one of the same actor may be stored.
    /// </summary>
    private void Write(JournalProtocol.WriteMessages request)
    {
        List<EventRow>? rows = null;
        List<Exception?>? rejections = null;
        foreach (var envelope in request.Messages)
        {
            if (envelope is AtomicWrite atomic)
            {
                rows ??= new List<EventRow>(atomic.Size);
                (rejections ??= new List<Exception?>(1)).Add(Serialize(atomic, rows));
            }
        }

        if (rows is not { Count: > 0 })
        {
            WriteReplies.Complete(request, rejections);
            return;
        }

        Interlocked.Increment(ref _writing);
        _store.Submit(new Append(request, rows, rejections!, this));
    }

    /// <summary>What cannot be serialized, or is refused by an adapter, is rejected: it can never be stored.</summary>
    private Exception? Serialize(AtomicWrite atomic, List<EventRow> rows)
    {
        var before = rows.Count;
        try
        {
            foreach (var @event in Adapt(atomic).Events)
            {
                rows.Add(Row(@event));
            }

            return null;
        }
        catch (Exception refusal)
        {
            rows.RemoveRange(before, rows.Count - before);
            return refusal;
        }
    }

    private EventRow Row(IPersistentRepresentation @event)
    {
        var (payload, tags) = @event.Payload is Tagged tagged
            ? (tagged.Payload, (IReadOnlyCollection<string>)tagged.Tags)
            : (@event.Payload, []);
        var serialized = _codec.Write(payload);
        return new EventRow(
            @event.PersistenceId, @event.SequenceNr, @event.Timestamp, serialized.SerializerId, serialized.Manifest,
            serialized.Bytes, _writerUuid, tags);
    }

    private async Task Replay(JournalProtocol.Replay request)
    {
        try
        {
            var highest = request.Highest ?? await HighestAfterWrites(request.PersistenceId).ConfigureAwait(false);
            var to = Math.Min(request.ToSequenceNr, highest);
            var limit = (int)Math.Min(request.Max, _batchSize);
            if (request.FromSequenceNr <= to && limit > 0)
            {
                var rows = await _store.ReadEvents(
                        new EventRange(request.PersistenceId, request.FromSequenceNr, to, limit))
                    .ConfigureAwait(false);
                var next = rows.Count == limit && rows[^1].SequenceNr < to && request.Max > limit
                    ? new JournalProtocol.Replay(
                        request.PersistenceId, rows[^1].SequenceNr + 1, request.ToSequenceNr, request.Max - limit,
                        request.Actor, highest)
                    : null;
                request.Actor.Tell(new JournalProtocol.Replayed(Read(rows), next), ActorRefs.NoSender);
                if (next is not null)
                {
                    return;
                }
            }

            request.Actor.Tell(new JournalProtocol.ReplayEnded(highest), ActorRefs.NoSender);
        }
        catch (Exception failure)
        {
            request.Actor.Tell(new JournalProtocol.ReplayFailed(failure), ActorRefs.NoSender);
        }
    }

    /// <summary>An actor that was restarted must find what its earlier incarnation has still under way.</summary>
    private async Task<long> HighestAfterWrites(string persistenceId)
    {
        if (Volatile.Read(ref _writing) > 0)
        {
            var barrier = new Barrier();
            _store.Submit(barrier);
            await barrier.Outcome.ConfigureAwait(false);
        }

        return await _store.ReadHighestSequenceNr(persistenceId).ConfigureAwait(false);
    }

    private List<IPersistentRepresentation> Read(IReadOnlyList<EventRow> rows)
    {
        var events = new List<IPersistentRepresentation>(rows.Count);
        foreach (var row in rows)
        {
            var payload = _codec.Read(row.Payload, row.SerializerId, row.Manifest);
            events.AddRange(AdaptFromJournal(new Persistent(
                payload, row.SequenceNr, row.PersistenceId, row.Manifest, isDeleted: false, ActorRefs.NoSender,
                row.WriterUuid, row.Created)));
        }

        return events;
    }

    private async Task Delete(JournalProtocol.DeleteTo request)
    {
        object answer;
        try
        {
            var delete = new DeleteEvents(request.PersistenceId, request.ToSequenceNr);
            _store.Submit(delete);
            await delete.Outcome.ConfigureAwait(false);
            answer = new DeleteMessagesSuccess(request.ToSequenceNr);
        }
        catch (EventStoreException failure)
        {
            answer = new DeleteMessagesFailure(failure, request.ToSequenceNr);
        }

        request.Actor.Tell(answer, ActorRefs.NoSender);
    }

    private sealed class Append(
        JournalProtocol.WriteMessages request,
        List<EventRow> rows,
        List<Exception?> rejections,
        SqlWriteJournal journal)
        : AppendEvents(rows)
    {
        public override void Completed(Exception? failure)
        {
            Interlocked.Decrement(ref journal._writing);
            if (failure is null)
            {
                WriteReplies.Complete(request, rejections);
            }
            else
            {
                WriteReplies.Fail(request, failure);
            }
        }
    }
}
