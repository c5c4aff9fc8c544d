using System.Collections.Concurrent;
using Akka.Actor;

namespace Akka.Event;

/// <summary>
/// Who subscribed to which types. Publishing reads a list made once per type of event, without a lock.
/// </summary>
internal sealed class Subscriptions
{
    private readonly object _gate = new();
    private readonly Dictionary<IActorRef, HashSet<Type>> _byActor = [];
    private ConcurrentDictionary<Type, IActorRef[]> _byEvent = new();

    internal IActorRef[] For(Type eventType)
    {
        var cache = Volatile.Read(ref _byEvent);
        return cache.TryGetValue(eventType, out var subscribers) ? subscribers : Find(cache, eventType);
    }

    internal bool Add(IActorRef subscriber, Type channel)
    {
        lock (_gate)
        {
            if (!_byActor.TryGetValue(subscriber, out var channels))
                _byActor[subscriber] = channels = [];
            return channels.Add(channel) && Changed();
        }
    }

    internal bool Remove(IActorRef subscriber, Type channel)
    {
        lock (_gate)
        {
            if (!_byActor.TryGetValue(subscriber, out var channels) || !channels.Remove(channel))
                return false;
            if (channels.Count == 0)
                _byActor.Remove(subscriber);
            return Changed();
        }
    }

    internal bool Remove(IActorRef subscriber)
    {
        lock (_gate)
            return _byActor.Remove(subscriber) && Changed();
    }

    private bool Changed()
    {
        Volatile.Write(ref _byEvent, new ConcurrentDictionary<Type, IActorRef[]>());
        return true;
    }

    private IActorRef[] Find(ConcurrentDictionary<Type, IActorRef[]> cache, Type eventType)
    {
        lock (_gate)
        {
            IActorRef[] subscribers =
                [.. _byActor.Where(
                    each => each.Value.Any(type => type.IsAssignableFrom(eventType))).Select(each => each.Key)];
            cache[eventType] = subscribers;
            return subscribers;
        }
    }
}
