using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Reservations;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Allocation;

/// <summary>
/// Room within limits for operations that change what counts for whom. It is held before they are stored, so that
/// neither rounds nor other operations take it meanwhile, and released in the step that carries them out here.
/// </summary>
public sealed partial class Allocator
{
    private readonly Dictionary<(RoleName Role, string Name), long> rooms = [];

    /// <summary>Counts what roles would come to consume as consumed already, or nothing of it.</summary>
    /// <param name="growth">As <see cref="RoleGrowth.Of"/> makes it.</param>
    /// <returns>
    /// Null, or NegativeAmount, TooManyResourceNames, TotalTooLarge; or QuotaExceeded with the first role that would be
    /// beyond its limit, and by which resource.
    /// </returns>
    public AllocatorRefusal? HoldRoom(IReadOnlyList<RoleGrowth> growth)
    {
        ArgumentNullException.ThrowIfNull(growth);
        if (SumUp(growth, out var sums) is { } refusal)
        {
            return refusal;
        }

        HashSet<string>? unknown = null;
        foreach (var each in growth)
        {
            names.Unknown(each.Amounts, ref unknown);
        }

        if (HasTooMany(unknown))
        {
            return Refuse(AllocatorFault.TooManyResourceNames);
        }

        foreach (var (held, amount) in sums)
        {
            if (amount > AmountMost - rooms.GetValueOrDefault(held))
            {
                return Refuse(AllocatorFault.TotalTooLarge, role: held.Role);
            }
        }

        if (BreachOf(growth, sums) is { } breach)
        {
            return new AllocatorRefusal(AllocatorFault.QuotaExceeded, Role: RoleName.Parse(breach.Role))
            {
                Breach = breach,
            };
        }

        ChargeRoom(sums, 1);
        return null;
    }

    /// <summary>Ends what <see cref="HoldRoom"/> began: the operations are carried out, or came to nothing.</summary>
    /// <param name="growth">What was held, or a part of it.</param>
    /// <returns>Null, or NegativeAmount, TotalTooLarge, RoomNotHeld.</returns>
    public AllocatorRefusal? ReleaseRoom(IReadOnlyList<RoleGrowth> growth)
    {
        ArgumentNullException.ThrowIfNull(growth);
        if (SumUp(growth, out var sums) is { } refusal)
        {
            return refusal;
        }

        foreach (var (held, amount) in sums)
        {
            if (amount > rooms.GetValueOrDefault(held))
            {
                return Refuse(AllocatorFault.RoomNotHeld, role: held.Role);
            }
        }

        ChargeRoom(sums, -1);
        return null;
    }

    /// <summary>What is asked for each role and name; refused where that is negative or cannot be counted.</summary>
    private AllocatorRefusal? SumUp(
        IReadOnlyList<RoleGrowth> growth, out Dictionary<(RoleName Role, string Name), long> sums)
    {
        sums = [];
        foreach (var (role, amounts) in growth)
        {
            if (amounts.AnyNegative)
            {
                return Refuse(AllocatorFault.NegativeAmount, role: role);
            }

            foreach (var item in amounts.Items.Where(IsCounted))
            {
                var sum = sums.GetValueOrDefault((role, item.Key.Name));
                if (item.Amount.Thousandths > AmountMost - sum)
                {
                    return Refuse(AllocatorFault.TotalTooLarge, role: role);
                }

                sums[(role, item.Key.Name)] = sum + item.Amount.Thousandths;
            }
        }

        return null;
    }

    private static bool IsCounted(ResourceItem item) => item.Key is { Kind: ResourceKind.Scalar, IsShared: false };

    private LimitBreach? BreachOf(
        IReadOnlyList<RoleGrowth> growth, Dictionary<(RoleName Role, string Name), long> sums)
    {
        foreach (var (role, amounts) in growth)
        {
            if (tree.Find(role) is not { HasLimit: true } node)
            {
                continue;
            }

            foreach (var item in amounts.Items.Where(IsCounted))
            {
                var (number, asked) = (names.Find(item.Key.Name), sums[(role, item.Key.Name)]);
                if (number >= 0 && asked > node.Room[number])
                {
                    return new LimitBreach(role.Value, item.Key.Name, new Scalar(node.Limit[number]),
                        new Scalar(node.Consumed[number]), new Scalar(asked));
                }
            }
        }

        return null;
    }

    private void ChargeRoom(Dictionary<(RoleName Role, string Name), long> sums, int sign)
    {
        var headroom = HeadroomIfScarce();
        foreach (var (held, amount) in sums)
        {
            var number = names.Register(held.Name);
            var role = tree.Ensure(held.Role);
            if (sign < 0 || tree.HasGuarantees)
            {
                LoosenAround(role); // What is held lets others get more only where the role needs less for it.
            }

            tree.ChargeRoom(role, Quantities.Zero.With(number, sign * amount));
            rooms[held] = rooms.GetValueOrDefault(held) + (sign * amount);
            if (rooms[held] == 0)
            {
                rooms.Remove(held);
            }
        }

        LoosenForAgent(headroom, isLessReserved: false);
    }
}
