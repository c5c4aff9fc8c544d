namespace ClusterScheduler.Gateway.Views;

/// <summary>A framework as the master sees it.</summary>
/// <param name="DominantShare">Its largest share of any resource of the cluster, 0 to 1.</param>
/// <param name="OldestOffer">Since when it has held its oldest offer.</param>
public sealed record FrameworkView(
    string Id,
    string Name,
    ImmutableArray<string> Roles,
    bool Connected,
    DateTimeOffset Since,
    ImmutableArray<string> SuppressedRoles,
    int Offers,
    int Tasks,
    ResourcesView Offered,
    ResourcesView Used,
    double DominantShare,
    DateTimeOffset? OldestOffer)
{
    public static FrameworkView Of(MasterProtocol.FrameworkSummary framework) => new(
        framework.FrameworkId.Value,
        framework.Info.Name,
        framework.Info.Roles,
        framework.Connected,
        framework.Since,
        framework.SuppressedRoles,
        framework.OfferCount,
        framework.TaskCount,
        ResourcesView.Of(framework.Offered),
        ResourcesView.Of(framework.Used),
        framework.DominantShare,
        framework.OldestOffer);
}

/// <summary>All frameworks, in the order of their ids.</summary>
/// <param name="Epoch">Of the master that answered.</param>
public sealed record FrameworkListView(long Epoch, ImmutableArray<FrameworkView> Frameworks);
