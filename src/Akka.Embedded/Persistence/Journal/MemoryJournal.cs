using System.Collections.Concurrent;
using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Persistence.Journal;

/// <summary>Keeps events in memory, as objects, as long as the actor system lives.</summary>
public class MemoryJournal : AsyncWriteJournal
{
    private readonly ConcurrentDictionary<string, LinkedList<IPersistentRepresentation>> _messages = new();
    private readonly ConcurrentDictionary<string, long> _highestDeleted = new();

    protected virtual ConcurrentDictionary<string, LinkedList<IPersistentRepresentation>> Messages => _messages;

    public override Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr) =>
        Task.FromResult(HighestSequenceNr(persistenceId));

    public override Task ReplayMessagesAsync(
        IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max,
        Action<IPersistentRepresentation> recoveryCallback)
    {
        ArgumentNullException.ThrowIfNull(recoveryCallback);
        foreach (var @event in Read(persistenceId, fromSequenceNr, toSequenceNr, max))
        {
            recoveryCallback(@event);
        }

        return Task.CompletedTask;
    }

    public long HighestSequenceNr(string pid)
    {
        var deleted = _highestDeleted.GetValueOrDefault(pid);
        return Messages.TryGetValue(pid, out var events) && events.Last is { } last
            ? Math.Max(deleted, last.Value.SequenceNr)
            : deleted;
    }

    public IEnumerable<IPersistentRepresentation> Read(string pid, long fromSeqNr, long toSeqNr, long max) =>
        Messages.TryGetValue(pid, out var events)
            ? events
                .Where(@event => @event.SequenceNr >= fromSeqNr && @event.SequenceNr <= toSeqNr)
                .Take((int)Math.Min(max, int.MaxValue))
                .ToList()
            : [];

    public IDictionary<string, LinkedList<IPersistentRepresentation>> Add(IPersistentRepresentation persistent)
    {
        ArgumentNullException.ThrowIfNull(persistent);
        Messages.GetOrAdd(persistent.PersistenceId, static _ => new()).AddLast(persistent);
        return Messages;
    }

    public IDictionary<string, LinkedList<IPersistentRepresentation>> Delete(string pid, long seqNr)
    {
        if (Messages.TryGetValue(pid, out var events))
        {
            while (events.First is { } first && first.Value.SequenceNr <= seqNr)
            {
                _highestDeleted[pid] = first.Value.SequenceNr;
                events.RemoveFirst();
            }
        }

        return Messages;
    }

    public IDictionary<string, LinkedList<IPersistentRepresentation>> Update(
        string pid, long seqNr, Func<IPersistentRepresentation, IPersistentRepresentation> updater)
    {
        ArgumentNullException.ThrowIfNull(updater);
        for (var node = Messages.GetValueOrDefault(pid)?.First; node is not null; node = node.Next)
        {
            if (node.Value.SequenceNr == seqNr)
            {
                node.Value = updater(node.Value);
            }
        }

        return Messages;
    }

    protected override Task<IImmutableList<Exception>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages)
    {
        foreach (var write in messages)
        {
            if (write.LowestSequenceNr <= HighestSequenceNr(write.PersistenceId))
            {
                throw new InvalidOperationException($"{write} are stored already: another writer uses the same id.");
            }

            foreach (var @event in write.Events)
            {
                Add(@event);
            }
        }

        return Task.FromResult<IImmutableList<Exception>>(null!);
    }

    protected override Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr)
    {
        Delete(persistenceId, toSequenceNr);
        return Task.CompletedTask;
    }
}
