namespace ClusterScheduler.Runtime.Commands;

/// <summary>How the status of a task is shown of which nothing was heard yet.</summary>
public static class ShownStatus
{
    /// <summary>Its newest state; staging before the first, and unknown as long as it is being asked for.</summary>
    public static TaskState StateOf(FrameworkProtocol.TaskSummary task) =>
        task.Latest?.State ?? (task.StatusUnknown ? TaskState.Unknown : TaskState.Staging);

    /// <summary>What was said with it, or why there is nothing.</summary>
    public static string MessageOf(FrameworkProtocol.TaskSummary task) => task.Latest?.Message
        ?? (task.StatusUnknown ? "its status is being asked for, after its framework's entity was started anew" : "");
}
