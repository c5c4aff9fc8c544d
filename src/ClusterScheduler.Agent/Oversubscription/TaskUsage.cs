using ClusterScheduler.Agent.Execution;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Agent.Oversubscription;

/// <summary>What a task uses.</summary>
/// <param name="Key">Which.</param>
/// <param name="Cpus">Cores, averaged since the look before.</param>
/// <param name="Mem">Resident MiB of all its processes; what they share counts for each.</param>
public sealed record TaskUsage(TaskKey Key, Scalar Cpus, Scalar Mem);
