namespace ClusterScheduler.Agent.Edge;

/// <summary>On the event stream of a node that is no member: how its connection stands.</summary>
public abstract record EdgeNews
{
    private EdgeNews()
    {
    }

    /// <summary>It is open, through this node, and leads to the agent's cluster.</summary>
    public sealed record Connected(Uri Host) : EdgeNews;

    /// <summary>It is not; it is tried again.</summary>
    /// <param name="Refusal">The status with which a node refused it; none when no such node answered.</param>
    public sealed record Disconnected(Uri Host, string Why, int? Refusal) : EdgeNews;
}
