namespace ClusterScheduler.Core.Agents;

/// <summary>A planned time without the agent (Mesos: <c>Unavailability</c>).</summary>
/// <param name="Start">When it begins.</param>
/// <param name="Duration">How long it lasts; null for without end.</param>
public sealed record Unavailability(DateTimeOffset Start, TimeSpan? Duration);
