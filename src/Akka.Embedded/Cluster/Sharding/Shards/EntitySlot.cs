using Akka.Actor;

namespace Akka.Cluster.Sharding.Internal;

/// <summary>Where an entity stands.</summary>
internal enum EntityPhase
{
    /// <summary>It has no actor.</summary>
    Asleep,

    /// <summary>It runs.</summary>
    Active,

    /// <summary>It was told to stop and has not.</summary>
    Passivating,

    /// <summary>That it starts is being written down.</summary>
    RememberingStart,

    /// <summary>It has stopped; that is being written down.</summary>
    RememberingStop,

    /// <summary>It stopped by itself and is started again after a while, or with the next message.</summary>
    WaitingForRestart,

    /// <summary>It is remembered, and its turn to start has not come.</summary>
    Recovering,
}

/// <summary>What a shard knows of one entity.</summary>
internal sealed class EntitySlot(string id)
{
    private Queue<(object Message, IActorRef Sender)>? _kept;

    internal string Id { get; } = id;

    internal EntityPhase Phase { get; set; }

    /// <summary>Its actor, as long as that has not stopped.</summary>
    internal IActorRef? Actor { get; set; }

    /// <summary>When it was last told something, in milliseconds of the machine's clock.</summary>
    internal long ToldAt { get; set; }

    internal int KeptCount => _kept?.Count ?? 0;

    internal void Keep(object message, IActorRef sender) => (_kept ??= new()).Enqueue((message, sender));

    internal IEnumerable<(object Message, IActorRef Sender)> TakeKept()
    {
        var all = _kept ?? [];
        _kept = null;
        return all;
    }
}
