using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Persistence.Journal;

/// <summary>Reading of a journal.</summary>
public interface IAsyncRecovery
{
    /// <summary>Calls back for each stored event, in order; the task ends when no more will come.</summary>
    Task ReplayMessagesAsync(
        IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max,
        Action<IPersistentRepresentation> recoveryCallback);

    /// <summary>The highest number ever stored, deleted events included; 0 when there is none.</summary>
    Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr);
}

/// <summary>
/// A journal as an actor. Its author says how events are stored, read and deleted; the rest is done here. A task that
/// fails means that it is unknown whether the events are stored: their actor stops.
/// </summary>
public abstract class AsyncWriteJournal : WriteJournalBase, IAsyncRecovery
{
    /// <summary>Events that are handed to a recovering actor in one message.</summary>
    private const int ReplayChunk = 100;

    public abstract Task ReplayMessagesAsync(
        IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max,
        Action<IPersistentRepresentation> recoveryCallback);

    public abstract Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr);

    /// <summary>
    /// Stores the writes, each of them all or none. The result has an entry for each: null, or why that one was
    /// rejected; a null result means that all are stored.
    /// </summary>
    protected abstract Task<IImmutableList<Exception>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages);

    protected abstract Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr);

    /// <summary>Takes messages that are not of the persistence protocol.</summary>
    protected virtual bool ReceivePluginInternal(object message) => false;

    protected sealed override bool Receive(object message) =>
        ReceiveWriteJournal(message) || ReceivePluginInternal(message);

    protected bool ReceiveWriteJournal(object message)
    {
        switch (message)
        {
            case JournalProtocol.WriteMessages write:
                _ = Write(write);
                return true;
            case JournalProtocol.Replay replay:
                _ = Replay(replay, Context);
                return true;
            case JournalProtocol.DeleteTo delete:
                _ = Delete(delete);
                return true;
            default:
                return false;
        }
    }

    protected static Exception TryUnwrapException(Exception e) =>
        e is AggregateException { InnerExceptions: [var single] } ? single : e;

    private async Task Write(JournalProtocol.WriteMessages request)
    {
        var writes = request.Messages.Count(static envelope => envelope is AtomicWrite);
        IEnumerable<AtomicWrite> prepared;
        try
        {
            prepared = PreparePersistentBatch(request.Messages);
        }
        catch (Exception refusal)
        {
            WriteReplies.Complete(request, [.. Enumerable.Repeat(refusal, writes)]);
            return;
        }

        try
        {
            var outcomes = writes == 0 ? null : await WriteMessagesAsync(prepared).ConfigureAwait(false);
            if (outcomes is not null && outcomes.Count != writes)
            {
                throw new InvalidOperationException(
                    $"{GetType()} answered {outcomes.Count} outcomes for {writes} writes.");
            }

            WriteReplies.Complete(request, outcomes);
        }
        catch (Exception failure)
        {
            WriteReplies.Fail(request, TryUnwrapException(failure));
        }
    }

    private async Task Replay(JournalProtocol.Replay request, IActorContext context)
    {
        try
        {
            var from = Math.Max(0L, request.FromSequenceNr - 1);
            var highest = await ReadHighestSequenceNrAsync(request.PersistenceId, from).ConfigureAwait(false);
            var to = Math.Min(request.ToSequenceNr, highest);
            if (request.FromSequenceNr <= to && request.Max > 0)
            {
                await ReplayTo(request, context, to).ConfigureAwait(false);
            }

            request.Actor.Tell(new JournalProtocol.ReplayEnded(highest), ActorRefs.NoSender);
        }
        catch (Exception failure)
        {
            request.Actor.Tell(new JournalProtocol.ReplayFailed(TryUnwrapException(failure)), ActorRefs.NoSender);
        }
    }

    private async Task ReplayTo(JournalProtocol.Replay request, IActorContext context, long to)
    {
        var chunk = new List<IPersistentRepresentation>();
        await ReplayMessagesAsync(
            context, request.PersistenceId, request.FromSequenceNr, to, request.Max, Add).ConfigureAwait(false);
        Send();

        void Add(IPersistentRepresentation @event)
        {
            if (!@event.IsDeleted)
            {
                chunk.AddRange(AdaptFromJournal(@event));
            }

            if (chunk.Count >= ReplayChunk)
            {
                Send();
            }
        }

        void Send()
        {
            if (chunk.Count > 0)
            {
                request.Actor.Tell(new JournalProtocol.Replayed(chunk, null), ActorRefs.NoSender);
                chunk = [];
            }
        }
    }

    private async Task Delete(JournalProtocol.DeleteTo request)
    {
        object answer;
        try
        {
            await DeleteMessagesToAsync(request.PersistenceId, request.ToSequenceNr).ConfigureAwait(false);
            answer = new DeleteMessagesSuccess(request.ToSequenceNr);
        }
        catch (Exception failure)
        {
            answer = new DeleteMessagesFailure(TryUnwrapException(failure), request.ToSequenceNr);
        }

        request.Actor.Tell(answer, ActorRefs.NoSender);
    }
}
