using Akka.Actor;

namespace Akka.Persistence;

/// <summary>
/// Between a persistent actor and its journal. One write of an actor is under way at a time; each of its events is
/// answered by one message, and the last one says so, after which the actor may send the next write.
/// </summary>
internal abstract class JournalProtocol : INoSerializationVerificationNeeded
{
    private JournalProtocol()
    {
    }

    internal sealed class WriteMessages(IReadOnlyList<IPersistentEnvelope> messages, IActorRef actor, int instance)
        : JournalProtocol
    {
        public IReadOnlyList<IPersistentEnvelope> Messages { get; } = messages;

        public IActorRef Actor { get; } = actor;

        /// <summary>Which incarnation of the actor asked; answers to an earlier one are dropped.</summary>
        public int Instance { get; } = instance;
    }

    internal abstract class WriteAnswer(int instance, bool isLast) : JournalProtocol
    {
        public int Instance { get; } = instance;

        public bool IsLast { get; } = isLast;
    }

    internal sealed class Written(IPersistentRepresentation persistent, int instance, bool isLast)
        : WriteAnswer(instance, isLast)
    {
        public IPersistentRepresentation Persistent { get; } = persistent;
    }

    internal sealed class Deferred(object payload, int instance, bool isLast) : WriteAnswer(instance, isLast)
    {
        public object Payload { get; } = payload;
    }

    /// <summary>The journal will not store this event, now or later; the actor goes on.</summary>
    internal sealed class Rejected(IPersistentRepresentation persistent, Exception cause, int instance, bool isLast)
        : WriteAnswer(instance, isLast)
    {
        public IPersistentRepresentation Persistent { get; } = persistent;

        public Exception Cause { get; } = cause;
    }

    /// <summary>Whether the event is stored is unknown; the actor must stop.</summary>
    internal sealed class Failed(IPersistentRepresentation persistent, Exception cause, int instance, bool isLast)
        : WriteAnswer(instance, isLast)
    {
        public IPersistentRepresentation Persistent { get; } = persistent;

        public Exception Cause { get; } = cause;
    }

    /// <param name="persistenceId">Whose events.</param>
    /// <param name="from">The first number.</param>
    /// <param name="to">The last number.</param>
    /// <param name="max">At most this many.</param>
    /// <param name="actor">Who is answered.</param>
    /// <param name="highest">The highest number stored, when an earlier round has read it.</param>
    internal sealed class Replay(
        string persistenceId, long from, long to, long max, IActorRef actor, long? highest = null) : JournalProtocol
    {
        public long? Highest { get; } = highest;

        public string PersistenceId { get; } = persistenceId;

        public long FromSequenceNr { get; } = from;

        public long ToSequenceNr { get; } = to;

        public long Max { get; } = max;

        public IActorRef Actor { get; } = actor;
    }

    /// <summary>
    /// Some events, in order. <see cref="Next"/> asks for those that follow; the journal reads no further before that.
    /// </summary>
    internal sealed class Replayed(IReadOnlyList<IPersistentRepresentation> events, Replay? next)
        : JournalProtocol
    {
        public IReadOnlyList<IPersistentRepresentation> Events { get; } = events;

        public Replay? Next { get; } = next;
    }

    internal sealed class ReplayEnded(long highestSequenceNr) : JournalProtocol
    {
        public long HighestSequenceNr { get; } = highestSequenceNr;
    }

    internal sealed class ReplayFailed(Exception cause) : JournalProtocol
    {
        public Exception Cause { get; } = cause;
    }

    internal sealed class DeleteTo(string persistenceId, long toSequenceNr, IActorRef actor) : JournalProtocol
    {
        public string PersistenceId { get; } = persistenceId;

        public long ToSequenceNr { get; } = toSequenceNr;

        public IActorRef Actor { get; } = actor;
    }
}
