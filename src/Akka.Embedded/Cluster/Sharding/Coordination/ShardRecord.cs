using Akka.Actor;

namespace Akka.Cluster.Sharding.Internal;

/// <summary>Where a shard stands. It has an owner from Starting on.</summary>
internal enum ShardPhase
{
    /// <summary>Nobody hosts it.</summary>
    Homeless,

    /// <summary>Its name is being written down.</summary>
    Writing,

    /// <summary>The strategy is asked.</summary>
    Choosing,

    /// <summary>The owner was told and has not answered.</summary>
    Starting,

    /// <summary>The owner hosts it.</summary>
    Hosted,

    /// <summary>All are told to keep what comes for it; some have not answered.</summary>
    Releasing,

    /// <summary>The owner was told to stop it and has not answered.</summary>
    Stopping,
}

/// <summary>What the coordinator knows of one shard.</summary>
internal sealed class ShardRecord(string shard)
{
    internal string Shard { get; } = shard;

    internal ShardPhase Phase { get; set; } = ShardPhase.Homeless;

    internal IActorRef? Owner { get; set; }

    /// <summary>The latest order about it; answers to older ones change nothing.</summary>
    internal long Turn { get; set; }

    /// <summary>The order to host it.</summary>
    internal long StartTurn { get; set; }

    /// <summary>
    /// The owner has said that it hosts it. If it then says what it hosts without it, it has stopped.
    /// </summary>
    internal bool Confirmed { get; set; }

    /// <summary>Who waits to hear where it lives.</summary>
    internal List<IActorRef> Askers { get; } = [];

    /// <summary>Whose answer to the release is outstanding.</summary>
    internal List<IActorRef> Unreleased { get; } = [];

    /// <summary>When the coordinator stops waiting for those.</summary>
    internal TimeSpan ReleaseUntil { get; set; }

    /// <summary>
    /// Its owner was lost: everyone may have a wrong home for it, so everyone hears of the new one.
    /// </summary>
    internal bool Announce { get; set; }
}

/// <summary>What the coordinator knows of one region.</summary>
internal sealed class RegionRecord(IActorRef region, UniqueAddress node)
{
    internal IActorRef Region { get; } = region;

    internal UniqueAddress Node { get; } = node;

    internal List<ShardRecord> Shards { get; } = [];

    /// <summary>It gets no more shards.</summary>
    internal bool Leaves { get; set; }
}
