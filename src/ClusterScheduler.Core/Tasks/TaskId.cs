namespace ClusterScheduler.Core.Tasks;

/// <summary>Names one attempt to run a task, unique in its framework, started at most once (Mesos: TaskID).</summary>
/// <param name="Value">Opaque, compared byte by byte, never empty in a valid message.</param>
public readonly record struct TaskId(string Value) : IComparable<TaskId>
{
    /// <summary>Ordinal order, so that every listing and every tie is decided the same way.</summary>
    public int CompareTo(TaskId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
