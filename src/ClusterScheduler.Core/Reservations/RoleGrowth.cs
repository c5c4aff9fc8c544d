using System.Collections.Immutable;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Reservations;

/// <summary>
/// What an operation lets a role consume beyond what it does. A reservation counts for its role and those above it;
/// what is not reserved counts for the role that holds it, and those above, and for nobody while it is free. So a
/// reservation out of what is free grows its role and all above; a refined one, and one that is taken off by a
/// framework of a sub-role, grow the roles in between.
/// </summary>
/// <param name="Role">The role.</param>
/// <param name="Amounts">By how much of what; plain scalars.</param>
public sealed record RoleGrowth(RoleName Role, ResourceSet Amounts)
{
    /// <summary>The roles that grow by a change, those above first.</summary>
    /// <param name="conversion">What becomes what.</param>
    /// <param name="holder">The role that it is offered to; none when it is free.</param>
    public static ImmutableArray<RoleGrowth> Of(ResourceConversion conversion, RoleName? holder)
    {
        ArgumentNullException.ThrowIfNull(conversion);
        var sums = new SortedDictionary<RoleName, SortedDictionary<string, long>>();
        Count(conversion.After, holder, 1, sums);
        Count(conversion.Before, holder, -1, sums);
        return
        [
            .. sums.Select(static each => new RoleGrowth(each.Key, ResourceSet.Of(each.Value
                .Where(static sum => sum.Value > 0).Select(static sum => new ResourceItem(
                    new ResourceKey(sum.Key, ResourceKind.Scalar), new Scalar(sum.Value))))))
                .Where(static growth => !growth.Amounts.IsEmpty),
        ];
    }

    private static void Count(
        ResourceSet resources,
        RoleName? holder,
        int sign,
        SortedDictionary<RoleName, SortedDictionary<string, long>> sums)
    {
        foreach (var item in resources.Items.Where(static item =>
            item.Key is { Kind: ResourceKind.Scalar, IsRevocable: false }))
        {
            for (var role = item.Key.IsUnreserved ? holder : item.Key.Reservations.Role;
                role is { } counted;
                role = counted.Parent)
            {
                if (!sums.TryGetValue(counted, out var amounts))
                {
                    sums[counted] = amounts = new SortedDictionary<string, long>(StringComparer.Ordinal);
                }

                amounts[item.Key.Name] =
                    amounts.GetValueOrDefault(item.Key.Name) + (sign * item.Amount.Thousandths);
            }
        }
    }
}

/// <summary>What one operation of several lets roles consume.</summary>
/// <param name="Operation">Its place among them.</param>
/// <param name="Roles">The roles that grow, those above first.</param>
public sealed record OperationGrowth(int Operation, ImmutableArray<RoleGrowth> Roles);
