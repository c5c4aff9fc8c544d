namespace ClusterScheduler.Runtime.Entities;

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
