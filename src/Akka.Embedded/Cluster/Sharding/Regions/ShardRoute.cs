using Akka.Actor;

namespace Akka.Cluster.Sharding.Internal;

/// <summary>Whether a region hosts a shard itself.</summary>
internal enum Hosting
{
    No,
    Running,

    /// <summary>The shard was told to stop and has not.</summary>
    Stopping,

    /// <summary>The shard failed and is started again after a while.</summary>
    Failed,
}

/// <summary>What a region knows of one shard.</summary>
internal sealed class ShardRoute(string shard)
{
    private Queue<(object Message, IActorRef Sender)>? _kept;
    private Queue<(object Message, IActorRef Sender)>? _givenBack;

    internal string Shard { get; } = shard;

    /// <summary>Whom its messages go to: the shard here, or the region there. Null: they are kept.</summary>
    internal IActorRef? Home { get; set; }

    internal Hosting Hosting { get; set; }

    /// <summary>The shard's actor, as long as it has not stopped.</summary>
    internal IActorRef? Local { get; set; }

    /// <summary>The coordinator has been asked and has not answered.</summary>
    internal bool Asked { get; set; }

    /// <summary>The coordinator's latest order about it; the answer names it. 0: none.</summary>
    internal long Turn { get; set; }

    internal int KeptCount => (_kept?.Count ?? 0) + (_givenBack?.Count ?? 0);

    internal void Keep(object message, IActorRef sender) => (_kept ??= new()).Enqueue((message, sender));

    /// <summary>Kept by the shard while it ran: came before all that is kept here.</summary>
    internal void KeepInFront(object message, IActorRef sender) => (_givenBack ??= new()).Enqueue((message, sender));

    internal IEnumerable<(object Message, IActorRef Sender)> TakeKept()
    {
        var all = (_givenBack ?? []).Concat(_kept ?? []);
        (_givenBack, _kept) = (null, null);
        return all;
    }
}
