namespace ClusterScheduler.Core.Agents;

/// <summary>
/// Names one agent as long as the cluster knows it; survives restarts of the agent (Mesos: SlaveID).
/// </summary>
/// <param name="Value">Opaque, compared byte by byte, never empty in a valid message.</param>
public readonly record struct AgentId(string Value) : IComparable<AgentId>
{
    /// <summary>Ordinal order, so that every listing and every tie is decided the same way.</summary>
    public int CompareTo(AgentId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
