using Akka.Actor;
using Akka.Dispatch;

namespace Akka.Persistence;

/// <summary>Storing events and calling their handlers.</summary>
public abstract partial class Eventsourced
{
    private readonly Queue<PendingInvocation> _pending = new();
    private List<IPersistentEnvelope>? _unsent;
    private bool _isWriting;
    private bool _isTaskRunning;
    private int _pendingThatStash;
    private long _sequenceNr;

    /// <summary>Stores the event, then calls the handler. Commands that come meanwhile wait.</summary>
    public void Persist<TEvent>(TEvent @event, Action<TEvent> handler)
    {
        RequireRecovered();
        Enqueue(new PendingInvocation<TEvent>(handler, stashesCommands: true));
        Send(new AtomicWrite(Represent(@event)));
    }

    /// <summary>Stores all of the events or none, then calls the handler for each of them.</summary>
    public void PersistAll<TEvent>(IEnumerable<TEvent> events, Action<TEvent> handler) =>
        StoreAll(events, new PendingInvocation<TEvent>(handler, stashesCommands: true));

    /// <summary>Stores the event, then calls the handler. Commands that come meanwhile are handled.</summary>
    public void PersistAsync<TEvent>(TEvent @event, Action<TEvent> handler)
    {
        RequireRecovered();
        Enqueue(new PendingInvocation<TEvent>(handler, stashesCommands: false));
        Send(new AtomicWrite(Represent(@event)));
    }

    /// <summary>As <see cref="PersistAll{TEvent}"/>, but commands that come meanwhile are handled.</summary>
    public void PersistAllAsync<TEvent>(IEnumerable<TEvent> events, Action<TEvent> handler) =>
        StoreAll(events, new PendingInvocation<TEvent>(handler, stashesCommands: false));

    /// <summary>Calls the handler after those of all events before it; stores nothing.</summary>
    public void DeferAsync<TEvent>(TEvent evt, Action<TEvent> handler)
    {
        RequireRecovered();
        if (_pending.Count == 0)
        {
            handler(evt);
            return;
        }

        Enqueue(new PendingInvocation<TEvent>(handler, stashesCommands: false));
        Send(new NonPersistentMessage(evt!, Sender));
    }

    /// <summary>Runs asynchronous work inside the actor; its mailbox waits until it is done.</summary>
    protected void RunTask(Func<Task> action)
    {
        if (_isTaskRunning)
        {
            throw new NotSupportedException("RunTask cannot be used inside of RunTask.");
        }

        ActorTaskScheduler.RunTask(() =>
        {
            var task = action();
            if (task.IsCompleted)
            {
                return task;
            }

            _isTaskRunning = true;
            return FinishTask(task);
        });
    }

    private async Task FinishTask(Task task)
    {
        var failed = true;
        try
        {
            await task;
            failed = false;
        }
        finally
        {
            _isTaskRunning = false;
            AfterCommand(failed);
        }
    }

    private void StoreAll<TEvent>(IEnumerable<TEvent> events, PendingInvocation<TEvent> invocation)
    {
        RequireRecovered();
        var all = new List<IPersistentRepresentation>();
        foreach (var @event in events ?? [])
        {
            Enqueue(invocation);
            all.Add(Represent(@event));
        }

        if (all.Count > 0)
        {
            Send(new AtomicWrite(all));
        }
    }

    private Persistent Represent<TEvent>(TEvent @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        return new Persistent(
            @event, ++_sequenceNr, PersistenceId, sender: Sender, writerGuid: Extension.WriterUuid,
            timestamp: Context.System.Scheduler.Now.UtcTicks);
    }

    private void RequireRecovered()
    {
        if (IsRecovering)
        {
            throw new InvalidOperationException(
                "Nothing can be persisted while the actor recovers; from RecoveryCompleted on, it can.");
        }
    }

    private void Enqueue(PendingInvocation invocation)
    {
        _pending.Enqueue(invocation);
        if (invocation.StashesCommands)
        {
            _pendingThatStash++;
        }
    }

    private void Send(IPersistentEnvelope envelope) => (_unsent ??= new List<IPersistentEnvelope>(1)).Add(envelope);

    /// <summary>One write at a time: what comes meanwhile goes with the next one.</summary>
    private void Flush()
    {
        if (_isWriting || _unsent is null)
        {
            return;
        }

        _isWriting = true;
        Journal.Tell(new JournalProtocol.WriteMessages(_unsent, Self, _instance), Self);
        _unsent = null;
    }

    private void AfterCommand(bool failed)
    {
        Flush();
        if (_isTaskRunning)
        {
            return;
        }

        if (_pendingThatStash > 0)
        {
            _phase = Phase.Persisting;
        }
        else
        {
            UnstashWaiting(all: failed);
        }
    }

    private void UnstashWaiting(bool all)
    {
        var cell = ActorCell.RequireCurrent();
        if (all)
        {
            _waiting.UnstashAll(cell);
        }
        else
        {
            _waiting.Unstash(cell);
        }
    }

    private void ReceiveAnswer(JournalProtocol.WriteAnswer answer)
    {
        if (answer.Instance != _instance)
        {
            return;
        }

        _isWriting &= !answer.IsLast;
        switch (answer)
        {
            case JournalProtocol.Written written:
                LastSequenceNr = Math.Max(LastSequenceNr, written.Persistent.SequenceNr);
                RunHandler(written.Persistent.Payload);
                break;
            case JournalProtocol.Deferred deferred:
                RunHandler(deferred.Payload);
                break;
            case JournalProtocol.Rejected rejected:
                LastSequenceNr = Math.Max(LastSequenceNr, rejected.Persistent.SequenceNr);
                DropHandler(failed: false);
                OnPersistRejected(rejected.Cause, rejected.Persistent.Payload, rejected.Persistent.SequenceNr);
                Flush();
                break;
            case JournalProtocol.Failed failed:
                DropHandler(failed: false);
                var lost = failed.Persistent;
                StopAfter(() => OnPersistFailure(failed.Cause, lost.Payload, lost.SequenceNr));
                break;
        }
    }

    private void RunHandler(object payload)
    {
        var failed = true;
        try
        {
            _pending.Peek().Run(payload);
            failed = false;
        }
        finally
        {
            Flush();
            DropHandler(failed);
        }
    }

    private void DropHandler(bool failed)
    {
        if (_pending.Dequeue().StashesCommands)
        {
            _pendingThatStash--;
        }

        if (_pendingThatStash > 0)
        {
            _phase = Phase.Persisting;
        }
        else
        {
            _phase = Phase.Processing;
            UnstashWaiting(all: failed);
        }
    }

    private void StopAfter(Action hook)
    {
        try
        {
            hook();
        }
        finally
        {
            Context.Stop(Self);
        }
    }
}
