using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>Messages for somebody who is not there yet. When there is no room, the oldest goes.</summary>
/// <param name="capacity">0: none is kept.</param>
/// <param name="recipient">Named in the news of those that were dropped.</param>
/// <param name="events">Gets that news.</param>
internal sealed class WaitingMessages(int capacity, IActorRef recipient, EventStream events)
{
    private readonly Queue<(object Message, IActorRef Sender)> _messages = new();
    private long _lost;

    internal void Add(object message, IActorRef sender)
    {
        _messages.Enqueue((message, sender));
        if (_messages.Count > capacity)
            Drop(capacity == 0 ? "there is no singleton and none may wait" : "too many wait for the singleton");
    }

    /// <summary>What waits, in order, and how many were dropped since the last time.</summary>
    internal (List<(object Message, IActorRef Sender)> Kept, long Lost) Empty()
    {
        var result = (_messages.ToList(), _lost);
        _messages.Clear();
        _lost = 0;
        return result;
    }

    internal void Lose(string reason)
    {
        while (_messages.Count > 0)
            Drop(reason);
    }

    private void Drop(string reason)
    {
        var (message, sender) = _messages.Dequeue();
        _lost++;
        events.Publish(new Dropped(message, reason, sender, recipient));
    }
}
