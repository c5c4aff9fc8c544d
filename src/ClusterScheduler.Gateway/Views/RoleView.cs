namespace ClusterScheduler.Gateway.Views;

/// <summary>A role as the allocator sees it.</summary>
/// <param name="DominantShare">Of what it and its sub-roles hold, before the weight: 0 to 1.</param>
/// <param name="Allocated">What it and its sub-roles hold, offered or used.</param>
/// <param name="Consumed">What counts against quota: reservations and use, not offers.</param>
/// <param name="Offered">What counts against quota and is offered only.</param>
/// <param name="Unmet">What is missing to its guarantee.</param>
/// <param name="Frameworks">Ids of those subscribed to this very role.</param>
public sealed record RoleView(
    string Name,
    double Weight,
    double DominantShare,
    ResourcesView Allocated,
    ResourcesView Consumed,
    ResourcesView Offered,
    ResourcesView Reserved,
    QuotaView Quota,
    ResourcesView Unmet,
    ImmutableArray<string> Frameworks)
{
    public static RoleView Of(MasterProtocol.RoleSummary role) => new(
        role.Role,
        role.Weight,
        role.DominantShare,
        ResourcesView.Of(role.Allocated),
        ResourcesView.Of(role.Consumed),
        ResourcesView.Of(role.Offered),
        ResourcesView.Of(role.Reserved),
        QuotaView.Of(role.Quota),
        ResourcesView.Of(role.Unmet),
        [.. role.Frameworks.Select(static framework => framework.Value)]);
}

/// <summary>All roles that anything is known of, in the order of their names.</summary>
public sealed record RoleListView(ImmutableArray<RoleView> Roles);
