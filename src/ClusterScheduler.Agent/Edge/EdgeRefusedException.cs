namespace ClusterScheduler.Agent.Edge;

/// <summary>The node answered, and does not take this agent.</summary>
/// <param name="status">What it answered with, in HTTP's numbers; none when it is no node that takes agents.</param>
/// <param name="why">The node's own words, if it has any.</param>
public sealed class EdgeRefusedException(int? status, string why) : Exception(why)
{
    public int? Status { get; } = status;
}
