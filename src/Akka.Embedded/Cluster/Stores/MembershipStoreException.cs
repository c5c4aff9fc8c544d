using Akka.Actor;

namespace Akka.Cluster.Stores;

/// <summary>The store cannot be used as it is.</summary>
internal sealed class MembershipStoreException(string message) : AkkaException(message)
{
    internal static MembershipStoreException OfAnother(string owner, string asking) => new(
        $"The store belongs to the cluster '{owner}'; this node is of '{asking}'.");
}
