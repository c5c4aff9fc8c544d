using Akka.Actor;
using Akka.Cluster.Leading;

namespace Akka.Cluster.Stores;

/// <summary>The store cannot be used as it is.</summary>
internal sealed class MembershipStoreException(JoinRefusal reason, string message) : AkkaException(message)
{
    internal JoinRefusal Reason { get; } = reason;

    /// <summary>What stands for the cluster's name in a store that no cluster has claimed.</summary>
    internal const string Nobody = "";

    internal static MembershipStoreException OfAnother(string owner, string asking) => new(
        JoinRefusal.OtherStore,
        $"The store belongs to the cluster '{owner}'; this node is of '{asking}'.");
}
