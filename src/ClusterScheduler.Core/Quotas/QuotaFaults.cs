using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Quotas;

/// <summary>Says a refused change of quota in words.</summary>
public static class QuotaFaults
{
    /// <summary>A sentence with the facts and what would be right.</summary>
    /// <param name="fault">Why.</param>
    /// <param name="role">The role as it was named.</param>
    /// <param name="resource">The resource; empty where none is.</param>
    /// <param name="asked">The amount asked for, or a sum.</param>
    /// <param name="bound">The amount that it breaks.</param>
    public static string Explain(QuotaFault fault, string role, string resource, Scalar asked, Scalar bound) =>
        fault switch
        {
            QuotaFault.DoubleRole => $"role '{role}' is named twice in one change",
            QuotaFault.RoleOfEveryone => "the role '*' of everyone cannot have quota",
            QuotaFault.ResourceName when resource.Length == 0 =>
                $"role '{role}' would bring too many names of custom resources",
            QuotaFault.ResourceName => $"'{resource}' is not the name of a scalar resource, or is given twice",
            QuotaFault.Amount => $"{asked} {resource} for role '{role}' is not between 0 and {bound}",
            QuotaFault.GuaranteeAboveLimit =>
                $"role '{role}' would be guaranteed {asked} {resource}, above its own limit of {bound}",
            QuotaFault.GuaranteesAboveParent =>
                $"the sub-roles of '{role}' would be guaranteed {asked} {resource} together, above its {bound}",
            QuotaFault.GuaranteeAboveParentLimit =>
                $"role '{role}' would be guaranteed {asked} {resource}, above the limit of {bound} of a role above it",
            QuotaFault.LimitAboveParent =>
                $"role '{role}' would be limited to {asked} {resource}, above the limit of {bound} of a role above it",
            QuotaFault.LimitBelowConsumption =>
                $"role '{role}' uses {bound} {resource} now, above the limit of {asked}; force accepts that",
            QuotaFault.GuaranteesAboveCapacity =>
                $"{asked} {resource} would be guaranteed in all; the cluster has {bound}; force accepts that",
            QuotaFault.GuaranteesTooLarge =>
                $"{asked} {resource} or more would be guaranteed in all; the most that can be is {bound}",
            QuotaFault.FractionalGpus => $"{asked} {resource} for role '{role}' is not a whole number",
            QuotaFault.RoleName => RoleNameRefusals.Explain(role),
            QuotaFault.TooManyRoles => $"with role '{role}' too many roles would have quota",
            _ => throw new InvalidOperationException($"no words for {fault}"),
        };
}
