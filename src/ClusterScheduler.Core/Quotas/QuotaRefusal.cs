using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Quotas;

/// <summary>Why a change of quota is refused (Mesos: the reasons for 400 of UPDATE_QUOTA).</summary>
public enum QuotaFault
{
    /// <summary>The role is named twice in one change.</summary>
    DoubleRole,

    /// <summary><c>*</c> cannot have quota.</summary>
    RoleOfEveryone,

    /// <summary>A name is no name of a scalar resource, or is given twice, or there are too many.</summary>
    ResourceName,

    /// <summary>An amount is negative or beyond <see cref="Scalar.Max"/>.</summary>
    Amount,

    /// <summary>The guarantee is above the role's own limit.</summary>
    GuaranteeAboveLimit,

    /// <summary>The guarantees of the sub-roles together are above the guarantee of their parent.</summary>
    GuaranteesAboveParent,

    /// <summary>The guarantee is above a limit of a role above.</summary>
    GuaranteeAboveParentLimit,

    /// <summary>The limit is above a limit of a role above.</summary>
    LimitAboveParent,

    /// <summary>The limit is below what the role consumes now. <c>force</c> overrides this.</summary>
    LimitBelowConsumption,

    /// <summary>
    /// The guarantees of all top-level roles together are above the cluster's capacity. <c>force</c>
    /// overrides.
    /// </summary>
    GuaranteesAboveCapacity,

    /// <summary>The text is no role name.</summary>
    RoleName,

    /// <summary>More roles would have quota than are allowed.</summary>
    TooManyRoles,

    /// <summary>
    /// The guarantees of all top-level roles together are above <see cref="Scalar.Max"/>, which <c>force</c> does not
    /// override.
    /// </summary>
    GuaranteesTooLarge,

    /// <summary>gpus must be whole numbers.</summary>
    FractionalGpus,
}

/// <summary>A refused change of quota with its facts.</summary>
/// <param name="Fault">Why.</param>
/// <param name="Role">The role it is about.</param>
/// <param name="Resource">The resource it is about; empty where none is.</param>
/// <param name="Asked">The amount that was asked for, or the sum.</param>
/// <param name="Bound">The amount that it breaks.</param>
public sealed record QuotaRefusal(
    QuotaFault Fault, RoleName Role, string Resource = "", Scalar Asked = default, Scalar Bound = default);
