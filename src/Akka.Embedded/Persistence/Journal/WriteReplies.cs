using Akka.Actor;

namespace Akka.Persistence.Journal;

/// <summary>Answers a write: one message for each event and each deferred handler, in their order.</summary>
internal static class WriteReplies
{
    /// <param name="request">What was asked.</param>
    /// <param name="outcomes">Per atomic write: null when it is stored, or why it was rejected.</param>
    public static void Complete(JournalProtocol.WriteMessages request, IReadOnlyList<Exception?>? outcomes)
    {
        var write = 0;
        for (var i = 0; i < request.Messages.Count; i++)
        {
            var lastEnvelope = i == request.Messages.Count - 1;
            if (request.Messages[i] is AtomicWrite atomic)
            {
                Answer(request, atomic, outcomes?[write++], lastEnvelope);
            }
            else
            {
                var deferred = request.Messages[i];
                request.Actor.Tell(
                    new JournalProtocol.Deferred(deferred.Payload, request.Instance, lastEnvelope), deferred.Sender);
            }
        }
    }

    /// <summary>The first of these stops the actor.</summary>
    public static void Fail(JournalProtocol.WriteMessages request, Exception cause)
    {
        foreach (var atomic in request.Messages.OfType<AtomicWrite>())
        {
            foreach (var @event in atomic.Events)
            {
                var isLast = ReferenceEquals(atomic, request.Messages[^1])
                    && ReferenceEquals(@event, atomic.Events[^1]);
                request.Actor.Tell(
                    new JournalProtocol.Failed(@event, cause, request.Instance, isLast), ActorRefs.NoSender);
            }
        }
    }

    private static void Answer(
        JournalProtocol.WriteMessages request, AtomicWrite atomic, Exception? rejection, bool lastEnvelope)
    {
        for (var i = 0; i < atomic.Events.Count; i++)
        {
            var @event = atomic.Events[i];
            var isLast = lastEnvelope && i == atomic.Events.Count - 1;
            JournalProtocol answer = rejection is null
                ? new JournalProtocol.Written(@event, request.Instance, isLast)
                : new JournalProtocol.Rejected(@event, rejection, request.Instance, isLast);
            request.Actor.Tell(answer, @event.Sender);
        }
    }
}
