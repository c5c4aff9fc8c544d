using Akka.Actor;

namespace Akka.Cluster.Sharding.Internal;

/// <summary>What all parts of sharding on one node share.</summary>
internal sealed class ShardingNode(Cluster cluster, string guardianName)
{
    private long _lastRun;

    internal Cluster Cluster { get; } = cluster;

    internal UniqueAddress Self => Cluster.SelfUniqueAddress;

    /// <summary>The n-th coordinator that starts in this run of the node.</summary>
    internal long NextRun() => Interlocked.Increment(ref _lastRun);

    internal ActorPath RegionPath(Address node, string typeName) => On(node) / Name(typeName);

    internal ActorPath CoordinatorPath(Address node, string typeName) =>
        On(node) / CoordinatorName(typeName) / CoordinatorHost.Coordinator;

    internal static string CoordinatorName(string typeName) => Name(typeName + "Coordinator");

    /// <summary>Ids are opaque; a path takes fewer characters than an id may have.</summary>
    internal static string Name(string id) => Uri.EscapeDataString(id);

    private ActorPath On(Address node) => new RootActorPath(node) / "system" / guardianName;
}
