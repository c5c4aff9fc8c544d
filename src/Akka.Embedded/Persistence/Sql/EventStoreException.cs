using Akka.Actor;

namespace Akka.Persistence.Sql;

/// <summary>Why the store cannot do what was asked of it.</summary>
internal enum EventStoreTrouble
{
    /// <summary>The file or the server cannot be reached or may not be used.</summary>
    Unreachable,

    /// <summary>The file is something else than a database of this kind, or damaged.</summary>
    NotADatabase,

    /// <summary>A newer program has changed the layout.</summary>
    SchemaNewer,

    /// <summary>Another process held a lock for too long.</summary>
    Locked,

    /// <summary>No room is left.</summary>
    Full,

    /// <summary>Another writer has stored an event under this number already: the fence of epochs.</summary>
    SequenceNumberTaken,

    /// <summary>The node that writes was removed from the cluster.</summary>
    WriterRemoved,

    /// <summary>More is waiting to be written than the limit.</summary>
    Overloaded,

    /// <summary>The store was closed.</summary>
    Closed,

    /// <summary>The database refused for another reason, which the message gives.</summary>
    Refused,
}

internal sealed class EventStoreException(EventStoreTrouble trouble, string message, Exception? cause = null)
    : AkkaException(message, cause)
{
    public EventStoreTrouble Trouble { get; } = trouble;

    public static EventStoreException SequenceNumberTaken(EventRow row) => new(
        EventStoreTrouble.SequenceNumberTaken,
        $"Event {row.SequenceNr} of '{row.PersistenceId}' is stored already: another writer uses this id.");

    public static EventStoreException WriterRemoved(string node) => new(
        EventStoreTrouble.WriterRemoved,
        $"{node} was removed from the cluster: nothing of it is stored any more.");
}
