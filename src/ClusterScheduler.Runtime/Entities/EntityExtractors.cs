using Akka.Cluster.Sharding;

namespace ClusterScheduler.Runtime.Entities;

/// <summary>Which framework's entity a message is for.</summary>
public sealed class FrameworkExtractor(int shards) : HashCodeMessageExtractor(shards)
{
    /// <inheritdoc/>
    public override string? EntityId(object message) =>
        message is IFrameworkMessage to ? to.FrameworkId.Value : null;
}

/// <summary>Which task's entity a message is for.</summary>
public sealed class TaskExtractor(int shards) : HashCodeMessageExtractor(shards)
{
    /// <inheritdoc/>
    public override string? EntityId(object message) =>
        message is ITaskMessage to ? TaskEntityId.Of(to.FrameworkId, to.TaskId) : null;
}

/// <summary>The entity id of a task: its framework's id and its own, which has no slash.</summary>
public static class TaskEntityId
{
    /// <summary>The id of the entity.</summary>
    public static string Of(FrameworkId framework, TaskId task) => string.Concat(task.Value, "/", framework.Value);

    /// <summary>The framework and the task of the entity.</summary>
    public static (FrameworkId Framework, TaskId Task) Parse(string entityId)
    {
        var slash = entityId.IndexOf('/', StringComparison.Ordinal);
        return (new FrameworkId(entityId[(slash + 1)..]), new TaskId(entityId[..slash]));
    }
}
