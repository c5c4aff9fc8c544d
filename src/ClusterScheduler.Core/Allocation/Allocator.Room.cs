using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Reservations;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Allocation;

/// <summary>
/// Room within limits for operations that change what counts for whom. It is held before they are stored, so that
/// neither rounds nor other operations take it meanwhile, and released in the step that carries them out here.
/// </summary>
public sealed partial class Allocator
{
    /// <summary>Counts what roles would come to consume as consumed already, or nothing of it.</summary>
    /// <param name="growth">As <see cref="RoleGrowth.Of"/> makes it.</param>
    /// <returns>Null, or the first role that would be beyond its limit, and by which resource.</returns>
    public LimitBreach? HoldRoom(IReadOnlyList<RoleGrowth> growth)
    {
        ArgumentNullException.ThrowIfNull(growth);
        foreach (var each in growth)
        {
            if (BreachOf(each) is { } breach)
            {
                return breach;
            }
        }

        ChargeRoom(growth, 1);
        return null;
    }

    /// <summary>Ends what <see cref="HoldRoom"/> began: the operations are carried out, or came to nothing.</summary>
    /// <param name="growth">What was held.</param>
    public void ReleaseRoom(IReadOnlyList<RoleGrowth> growth)
    {
        ArgumentNullException.ThrowIfNull(growth);
        ChargeRoom(growth, -1);
    }

    private LimitBreach? BreachOf(RoleGrowth growth)
    {
        if (tree.Find(growth.Role) is not { HasLimit: true } node)
        {
            return null;
        }

        foreach (var item in growth.Amounts.Items)
        {
            var number = names.Find(item.Key.Name);
            if (number >= 0 && item.Amount.Thousandths > node.Room[number])
            {
                return new LimitBreach(growth.Role.Value, item.Key.Name, new Scalar(node.Limit[number]),
                    new Scalar(node.Consumed[number]), item.Amount);
            }
        }

        return null;
    }

    private void ChargeRoom(IReadOnlyList<RoleGrowth> growth, int sign)
    {
        foreach (var (role, resources) in growth)
        {
            names.Register(resources);
            var amounts = names.All(resources);
            tree.ChargeRoom(tree.Ensure(role), sign > 0 ? amounts : Quantities.Zero - amounts);
        }

        if (growth.Count > 0)
        {
            LoosenIfQuota();
        }
    }
}
