namespace ClusterScheduler.Agent.Edge;

/// <summary>The node answered, and does not take this agent; the message is the node's own.</summary>
public sealed class EdgeRefusedException(string why) : Exception(why);
