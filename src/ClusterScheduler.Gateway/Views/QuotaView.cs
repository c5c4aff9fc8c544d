using System.Text.Json.Serialization;
using ClusterScheduler.Core.Quotas;

namespace ClusterScheduler.Gateway.Views;

/// <summary>The quota of one role.</summary>
/// <param name="Guarantees">By name of the resource; one that is not there is not guaranteed.</param>
/// <param name="Limits">By name of the resource; one that is not there is not limited.</param>
public sealed record QuotaView(
    string Role, SortedDictionary<string, decimal> Guarantees, SortedDictionary<string, decimal> Limits)
{
    public static QuotaView Of(QuotaConfig config) =>
        new(config.Role, Amounts(config.Guarantees), Amounts(config.Limits));

    private static SortedDictionary<string, decimal> Amounts(ImmutableArray<QuotaAmount> amounts) => new(
        amounts.ToDictionary(static amount => amount.Name, static amount => amount.Amount.ToDecimal()),
        StringComparer.Ordinal);
}

/// <summary>Quota of all roles that have some.</summary>
public sealed record QuotaListView(ImmutableArray<QuotaView> Quota);

/// <summary>What a PUT of quota says.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record QuotaBody
{
    public SortedDictionary<string, decimal>? Guarantees { get; init; }

    public SortedDictionary<string, decimal>? Limits { get; init; }
}

/// <summary>
/// What a PUT of the quota of several roles says: all or nothing. The list that a GET answers is one.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record QuotaListBody
{
    /// <summary>Each role once; roles that are not named keep their quota.</summary>
    public required ImmutableArray<RoleQuotaBody> Quota { get; init; }
}

/// <summary>The quota of one role among several; with neither guarantees nor limits it has none any more.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RoleQuotaBody
{
    public required string Role { get; init; }

    public SortedDictionary<string, decimal>? Guarantees { get; init; }

    public SortedDictionary<string, decimal>? Limits { get; init; }
}

/// <summary>Quota is so now, or, after a dry run, would be accepted.</summary>
public sealed record QuotaUpdateView(bool DryRun, ImmutableArray<QuotaView> Quota);
