using Akka.Cluster.Sharding;

namespace ClusterScheduler.Runtime.Entities;

/// <summary>Which task's entity a message is for.</summary>
public sealed class TaskExtractor(int shards) : HashCodeMessageExtractor(shards)
{
    /// <inheritdoc/>
    public override string? EntityId(object message) =>
        message is ITaskMessage to ? TaskEntityId.Of(to.FrameworkId, to.TaskId) : null;
}
