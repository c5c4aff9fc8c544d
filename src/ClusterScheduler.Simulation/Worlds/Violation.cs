namespace ClusterScheduler.Simulation.Worlds;

/// <summary>An invariant that did not hold.</summary>
/// <param name="Invariant">I1 to I11 of architecture.md, or what else was promised.</param>
/// <param name="What">With the facts.</param>
/// <param name="At">Virtual time.</param>
public sealed record Violation(string Invariant, string What, TimeSpan At);
