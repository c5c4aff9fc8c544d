namespace ClusterScheduler.Core.Agents;

/// <summary>Where a machine stands (Mesos: <c>DomainInfo.FaultDomain</c>).</summary>
/// <param name="Region">Far apart from other regions: only REGION_AWARE frameworks are offered another one.</param>
/// <param name="Zone">A part of the region that fails on its own.</param>
public sealed record AgentDomain(string Region, string Zone);
