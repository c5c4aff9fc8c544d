using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Allocation;

/// <summary>Why a role has what it has.</summary>
/// <param name="Role">Its account.</param>
/// <param name="Position">Its place at every level of the tree, top first.</param>
/// <param name="Quota">The roles on the path that have quota, top first.</param>
/// <param name="MayStillGet">The most unreserved resources that quota and headroom leave it now.</param>
/// <param name="Frameworks">
/// Its frameworks in the order in which they are served; those that wait for nothing last. At most
/// <see cref="FrameworksMax"/> of them.
/// </param>
/// <param name="FrameworkCount">How many there are.</param>
public sealed record WhyRoleAnswer(
    RoleView Role,
    IReadOnlyList<OrderPosition> Position,
    IReadOnlyList<RoleView> Quota,
    ResourceSet MayStillGet,
    IReadOnlyList<ClientView> Frameworks,
    int FrameworkCount)
{
    /// <summary>How many frameworks are named.</summary>
    public const int FrameworksMax = 100;
}
