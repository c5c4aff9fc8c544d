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
    public ImmutableArray<string> Capabilities { get; init; } = [];

    /// <summary>Seconds after which its offers are rescinded; none: never.</summary>
    public double? OfferTimeoutSeconds { get; init; }

    /// <summary>How it treats its offers.</summary>
    public HeldOffersView? Held { get; init; }

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
        framework.OldestOffer)
    {
        Capabilities = framework.Info.Capabilities,
        OfferTimeoutSeconds = framework.OfferTimeout?.TotalSeconds,
        Held = framework.Held is { } held
            ? new HeldOffersView(held.Agents, held.CpuSeconds, held.UsedPart, held.IsHoarder)
            : null,
    };
}

/// <summary>How a framework treats its offers.</summary>
/// <param name="Agents">At how many agents it holds some.</param>
/// <param name="CpuSeconds">Cpus times the seconds they were offered and not answered, so far.</param>
/// <param name="UsedPart">Of the cpus in offers that ended, the part that was accepted: 0 to 1.</param>
/// <param name="IsHoarder">It holds more and longer than it should.</param>
public sealed record HeldOffersView(int Agents, double CpuSeconds, double UsedPart, bool IsHoarder);

/// <summary>All frameworks, in the order of their ids.</summary>
/// <param name="Epoch">Of the master that answered.</param>
public sealed record FrameworkListView(long Epoch, ImmutableArray<FrameworkView> Frameworks);
