using System.Collections.Immutable;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Quotas;

/// <summary>The quota of one role as it is stored and sent (Mesos: QuotaConfig).</summary>
/// <param name="Role">A role's name, on any level.</param>
/// <param name="Guarantees">What it is guaranteed, each name once.</param>
/// <param name="Limits">What it is limited to, each name once; zero allows nothing.</param>
public sealed record QuotaConfig(
    string Role, ImmutableArray<QuotaAmount> Guarantees, ImmutableArray<QuotaAmount> Limits)
{
    /// <summary>The form in which a quota is stored: amounts in the order of their names.</summary>
    public static QuotaConfig Of(RoleName role, Quota quota)
    {
        ArgumentNullException.ThrowIfNull(quota);
        return new QuotaConfig(role.Value, Amounts(quota.Guarantees), Amounts(quota.Limits));
    }

    /// <summary>Reads it.</summary>
    /// <param name="quota">The quota; none when the result is a refusal.</param>
    /// <returns>Null, or RoleName, or ResourceName for a name that is given twice.</returns>
    public QuotaRefusal? Read(out RoleQuota? quota)
    {
        quota = null;
        if (!RoleName.TryParse(Role, out var role, out _))
        {
            return new QuotaRefusal(QuotaFault.RoleName, default);
        }

        foreach (var amounts in new[] { Guarantees, Limits })
        {
            if (Twice(amounts) is { } name)
            {
                return new QuotaRefusal(QuotaFault.ResourceName, role, name);
            }
        }

        quota = new RoleQuota(role, new Quota(Named(Guarantees), Named(Limits)));
        return null;
    }

    private static ImmutableArray<QuotaAmount> Amounts(IReadOnlyDictionary<string, Scalar> amounts) =>
    [
        .. amounts.OrderBy(static amount => amount.Key, StringComparer.Ordinal)
            .Select(static amount => new QuotaAmount(amount.Key, amount.Value)),
    ];

    private static string? Twice(ImmutableArray<QuotaAmount> amounts) =>
        amounts.GroupBy(static amount => amount.Name).FirstOrDefault(static same => same.Skip(1).Any())?.Key;

    private static SortedDictionary<string, Scalar> Named(ImmutableArray<QuotaAmount> amounts)
    {
        var named = new SortedDictionary<string, Scalar>(StringComparer.Ordinal);
        foreach (var (name, amount) in amounts)
        {
            named.Add(name, amount);
        }

        return named;
    }
}

/// <summary>An amount of a scalar resource.</summary>
/// <param name="Name">Such as <c>cpus</c>.</param>
/// <param name="Amount">In the unit of the resource.</param>
public sealed record QuotaAmount(string Name, Scalar Amount);
