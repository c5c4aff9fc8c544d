using ClusterScheduler.Core.Execution;

namespace ClusterScheduler.Agent.Execution;

/// <summary>Names a task on its agent: frameworks choose the ids of their tasks, each for itself.</summary>
public readonly record struct TaskKey(FrameworkId Framework, TaskId Task) : IComparable<TaskKey>
{
    /// <summary>Two path elements that no id can break out of.</summary>
    public string Path => $"{PathName.Of(Framework.Value)}/{PathName.Of(Task.Value)}";

    /// <inheritdoc/>
    public int CompareTo(TaskKey other) =>
        Framework.CompareTo(other.Framework) is var order and not 0 ? order : Task.CompareTo(other.Task);

    /// <inheritdoc/>
    public override string ToString() => $"{Framework}/{Task}";
}
