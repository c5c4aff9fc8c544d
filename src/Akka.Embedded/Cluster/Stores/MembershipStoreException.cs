using Akka.Actor;
using Akka.Cluster.Leading;

namespace Akka.Cluster.Stores;

/// <summary>The store cannot be used as it is.</summary>
internal sealed class MembershipStoreException(JoinRefusal reason, string message) : AkkaException(message)
{
    internal JoinRefusal Reason { get; } = reason;

    internal static MembershipStoreException OfAnother(string owner, string asking) => new(
        JoinRefusal.OtherStore,
        $"The store belongs to the cluster '{owner}'; this node is of '{asking}'.");
}
