using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Quotas;

/// <summary>What a change of quota is compared with.</summary>
/// <param name="Capacity">The cluster's total, without what agents lend out.</param>
/// <param name="Consumed">What roles consume now; a role that is not in it consumes nothing.</param>
public sealed record QuotaAccounts(ResourceSet Capacity, IReadOnlyDictionary<RoleName, ResourceSet> Consumed);
