namespace ClusterScheduler.Core.Roles;

/// <summary>The weight of one role (Mesos: WeightInfo).</summary>
/// <param name="Role">A role's name, on any level.</param>
/// <param name="Weight">
/// From <see cref="Least"/> to <see cref="Most"/>; 1 is what a role has that nobody gave a weight.
/// </param>
public sealed record RoleWeight(string Role, double Weight)
{
    /// <summary>The smallest weight that can be given; a bound of this product.</summary>
    public const double Least = 0.001;

    /// <summary>The largest weight that can be given; a bound of this product.</summary>
    public const double Most = 1_000_000;
}

/// <summary>Why a change of weights is refused.</summary>
public enum WeightFault
{
    /// <summary>The text is no role name.</summary>
    RoleName,

    /// <summary>A role is named twice in one change.</summary>
    DoubleRole,

    /// <summary>The weight is not finite, or not above zero.</summary>
    NotPositive,

    /// <summary>More roles would have a weight than are allowed.</summary>
    TooManyRoles,

    /// <summary>The weight is below <see cref="RoleWeight.Least"/> or above <see cref="RoleWeight.Most"/>.</summary>
    OutOfRange,
}

/// <summary>A refused change of weights with its facts.</summary>
/// <param name="Fault">Why.</param>
/// <param name="Role">The role it is about, as it was named.</param>
/// <param name="Weight">The weight that was asked for.</param>
public sealed record WeightRefusal(WeightFault Fault, string Role, double Weight);
