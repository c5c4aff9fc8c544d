using Akka.Cluster.Sharding;

namespace ClusterScheduler.Runtime.Entities;

/// <summary>Which framework's entity a message is for.</summary>
public sealed class FrameworkExtractor(int shards) : HashCodeMessageExtractor(shards)
{
    /// <inheritdoc/>
    public override string? EntityId(object message) =>
        message is IFrameworkMessage to ? to.FrameworkId.Value : null;
}
