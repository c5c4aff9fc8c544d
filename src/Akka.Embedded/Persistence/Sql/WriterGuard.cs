using Akka.Cluster.Stores;
using Akka.Event;

namespace Akka.Persistence.Sql;

/// <summary>
/// Whether the writers of one actor system may still write. A node that is no member of a cluster always may. A member
/// may while its line stands in the member list; the stores look for it within the transaction that writes.
/// </summary>
/// <param name="member">The node as the member list has it; null before it is a member, or without a list.</param>
/// <param name="onRemoved">Called once, when a write was refused because that line is gone.</param>
/// <param name="log">Says so, once.</param>
internal sealed class WriterGuard(Func<StoredMember?> member, Action onRemoved, ILoggingAdapter log)
{
    /// <summary>Of a system that is part of no cluster.</summary>
    internal static readonly WriterGuard None = new(static () => null, static () => { }, NoLogger.Instance);

    private int _saidRemoved;
    private int _saidElsewhere;

    internal StoredMember? Member => member();

    /// <summary>Why nothing of a group is stored.</summary>
    internal EventStoreException Refuse(StoredMember removed)
    {
        if (Interlocked.Exchange(ref _saidRemoved, 1) == 0)
        {
            log.Error(
                "{0} was removed from the cluster: the store takes no more writes of it, as others may run by now what "
                + "it ran. What waits to be stored here is lost, and the actors that wait for it stop.", removed.Node);
            onRemoved();
        }

        return EventStoreException.WriterRemoved(removed.Node);
    }

    /// <summary>The member list stands in another database, where no transaction of this one can look at it.</summary>
    internal void NoteElsewhere(string store)
    {
        if (Interlocked.Exchange(ref _saidElsewhere, 1) == 0)
        {
            log.Warning(
                "{0} does not hold the cluster's member list (akka.cluster.embedded.store): a write of a node that was "
                + "removed is refused there only once its successor has written.", store);
        }
    }
}
