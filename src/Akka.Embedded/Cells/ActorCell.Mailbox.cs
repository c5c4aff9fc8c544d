using Akka.Dispatch.Queues;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>The mailbox: system messages first, then a batch of user messages, on one thread at a time.</summary>
internal sealed partial class ActorCell : IThreadPoolWorkItem
{
    private const int Scheduled = 1;
    private const int Closed = 2;

    private readonly MessageQueue _queue;
    private SystemMessageQueue _systemMessages;
    private int _status;
    private int _suspensions;

    internal bool IsTerminated => (Volatile.Read(ref _status) & Closed) != 0;

    private bool IsSuspended => Volatile.Read(ref _suspensions) != 0;

    internal void Enqueue(object message, IActorRef? sender)
    {
        if ((Volatile.Read(ref _status) & Closed) != 0)
        {
            _system.ToDeadLetters(message, sender, _self);
            return;
        }

        if (_system.SerializesMessages)
            message = _system.RoundTrip(message);
        if (_queue.TryEnqueue(message, sender))
            ScheduleIfIdle();
        else
            _system.ToDeadLetters(message, sender, _self);
    }

    internal void EnqueueSystem(SystemMessage message)
    {
        _systemMessages.Push(message);
        ScheduleIfIdle();
    }

    internal void PutInFront(object message, IActorRef? sender) => _queue.EnqueueFirst(message, sender);

    void IThreadPoolWorkItem.Execute() => Run();

    /// <summary>Handles what is there, up to the dispatcher's throughput; called by the dispatcher only.</summary>
    internal void Run()
    {
        var outer = s_current;
        s_current = this;
        try
        {
            if (IsTerminated)
                DrainToDeadLetters();
            else
                RunSystemThenUserMessages();
        }
        finally
        {
            s_current = outer;
            GiveUp();
        }
    }

    private void RunSystemThenUserMessages()
    {
        if (_systemMessages.HasMessages)
            RunSystemMessages();
        var queue = _queue;
        for (var left = _dispatcher.Throughput; left > 0 && _suspensions == 0 && !IsTerminated; left--)
        {
            if (!queue.TryDequeue(out var message, out var sender))
                break;
            Invoke(message, sender);
            if (_systemMessages.HasMessages)
                RunSystemMessages();
        }

        if (IsTerminated)
            DrainToDeadLetters();
        else if (_suspensions == 0)
            (_currentMessage, _sender) = (null, null);
    }

    private void ScheduleIfIdle()
    {
        var status = Volatile.Read(ref _status);
        if ((status & Scheduled) != 0)
            return;
        if (Interlocked.CompareExchange(ref _status, status | Scheduled, status) == status)
            _dispatcher.Execute(this);
        else
            ScheduleIfIdle();
    }

    /// <summary>
    /// After the mailbox is marked idle, whoever puts a message in schedules it; so look once more after that.
    /// </summary>
    private void GiveUp()
    {
        Interlocked.And(ref _status, ~Scheduled);
        if (_systemMessages.HasMessages || (_queue.HasMessages && (!IsSuspended || IsTerminated)))
            ScheduleIfIdle();
    }

    private void CloseMailbox() => Interlocked.Or(ref _status, Closed);

    private void DrainToDeadLetters()
    {
        for (var message = _systemMessages.TakeAll(); message is not null;)
        {
            var next = message.Next;
            message.Next = null;
            AnswerForTheDead(message);
            message = next;
        }

        while (_queue.TryDequeue(out var message, out var sender))
            _system.ToDeadLetters(message, sender, _self);
    }

    private void AnswerForTheDead(SystemMessage message)
    {
        if (message is Watch watch && watch.Watchee.Equals(_self) && !watch.Watcher.Equals(_self))
            watch.Watcher.SendSystem(
                new DeathWatchNotification(_self, existenceConfirmed: false, addressTerminated: false));
        else if (message is Failed failed)
            Publish(new Debug(
                SourceName, typeof(ActorCell), $"Failure of a child that outlived its parent: {failed.Cause}"));
    }
}
