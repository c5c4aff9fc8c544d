using ClusterScheduler.Core.Reservations;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Tests.Allocation;

/// <summary>What operations make of resources, drawn from what there is.</summary>
internal static class HistoryConversions
{
    /// <summary>Before and after; null where there is nothing to change.</summary>
    public static (ResourceSet Before, ResourceSet After)? Of(ResourceSet whole, int choice) => (choice % 8) switch
    {
        0 => OfParts(whole, choice / 8) ?? OfOne(whole, choice),
        1 => OfVolume(whole, choice / 8) ?? OfOne(whole, choice),
        2 => OfSeveral(whole, choice / 8) ?? OfOne(whole, choice),
        3 => OfSource(whole, choice / 8) ?? OfOne(whole, choice),
        _ => OfOne(whole, choice),
    };

    // RESERVE, also for a sub-role, CREATE or UNRESERVE of one item.
    private static (ResourceSet Before, ResourceSet After)? OfOne(ResourceSet whole, int choice)
    {
        var items = whole.Items.Where(item => item.Key is { Kind: ResourceKind.Scalar, IsRevocable: false, Disk: null }
            && item.Key.Name != ResourceNames.Gpus).ToArray();
        if (items.Length == 0)
        {
            return null;
        }

        var item = items[choice % items.Length];
        var isCreate = !item.Key.IsUnreserved && item.Key.Name == ResourceNames.Disk && choice % 2 == 0;
        var key = isCreate
            ? new ResourceKey(
                item.Key.Name,
                item.Key.Kind,
                item.Key.Reservations,
                new DiskInfo(null, new DiskVolume($"made{choice}", null, "p")),
                isShared: choice % 4 == 0)
            : choice % 3 == 1 && Refined(item.Key, choice) is { } refined
                ? refined
                : new ResourceKey(item.Key.Name, item.Key.Kind);
        return (
            ResourceSet.Of(item),
            ResourceSet.Of(item with { Key = item.Key.IsUnreserved ? Reserved(item.Key, choice) : key }));
    }

    // Ports or texts: all or one of them become those of another part; or one is to be in both, which is wrong.
    private static (ResourceSet Before, ResourceSet After)? OfParts(ResourceSet whole, int choice)
    {
        var items = whole.Items.Where(static item => item.Key.Kind != ResourceKind.Scalar).ToArray();
        if (items.Length == 0)
        {
            return null;
        }

        var item = items[choice % items.Length];
        var (before, one) = (ResourceSet.Of(item), ResourceSet.Of(First(item)));
        var (moved, movedOne) = (Moved(item, choice), Moved(First(item), choice));
        return (choice % 4) switch
        {
            0 => (one, movedOne),
            1 => (before, before - one + movedOne),
            2 => (before, moved + one),
            _ => (before, moved),
        };
    }

    // DESTROY, GROW_VOLUME and SHRINK_VOLUME of a volume that is not shared.
    private static (ResourceSet Before, ResourceSet After)? OfVolume(ResourceSet whole, int choice)
    {
        var volume = whole.Items.Where(static item => item.Key is { IsVolume: true, IsShared: false })
            .Take(1).ToArray();
        if (volume.Length == 0)
        {
            return null;
        }

        var named = ResourceSet.Of(volume);
        var beside = OperationRules.DiskBeside(named, Scalar.Of(5));
        var operation = (choice % 3) switch
        {
            0 when whole.Contains(beside) => new ResourceOperation(OperationKind.GrowVolume, named) { Change = beside },
            1 => new ResourceOperation(OperationKind.ShrinkVolume, named) { Change = beside },
            _ => new ResourceOperation(OperationKind.Destroy, named),
        };
        return OperationRules.Convert(operation, null, out var conversion) is null
            ? (conversion!.Before, conversion.After)
            : null;
    }

    // RESERVE of all that is plain, or UNRESERVE of all that is dynamically reserved, in one step.
    private static (ResourceSet Before, ResourceSet After)? OfSeveral(ResourceSet whole, int choice)
    {
        var isReserve = choice % 2 == 0;
        var items = whole.Items.Where(item => item.Key is { IsRevocable: false, Disk: null }
            && item.Key.Name != ResourceNames.Gpus
            && (isReserve ? item.Key.IsUnreserved : item.Key.Reservations.TryPop(out _, out _))).ToArray();
        return items.Length == 0 ? null : (ResourceSet.Of(items), ResourceSet.Of(items.Select(item => isReserve
            ? item.WithKey(Reserved(item.Key, choice))
            : item.WithKey(item.Key.WithReservations(Below(item.Key.Reservations))))));
    }

    // RESERVE with a source: one dynamic layer in place of another.
    private static (ResourceSet Before, ResourceSet After)? OfSource(ResourceSet whole, int choice)
    {
        var items = whole.Items.Where(static item => item.Key is { IsRevocable: false, Disk: null, IsUnreserved: false }
            && item.Key.Reservations.TryPop(out var below, out _) && below == ReservationStack.Empty).ToArray();
        return items.Length == 0 ? null : (ResourceSet.Of(items[0]), Moved(items[0] with
        {
            Key = items[0].Key.WithReservations(ReservationStack.Empty),
        }, choice));
    }

    private static ResourceSet Moved(in ResourceItem item, int choice) => ResourceSet.Of(item.WithKey(
        item.Key.IsUnreserved ? Reserved(item.Key, choice) : item.Key.WithReservations(ReservationStack.Empty)));

    private static ResourceKey Reserved(ResourceKey key, int choice) =>
        ReservationStack.Empty.TryPush(Reservation.Dynamic(Role(choice)), out var stack, out _)
            ? key.WithReservations(stack)
            : throw new InvalidOperationException(key.Text);

    private static RoleName Role(int choice) =>
        HistoryChoices.Roles[1 + (choice % (HistoryChoices.Roles.Length - 1))];

    private static ReservationStack Below(ReservationStack stack) =>
        stack.TryPop(out var below, out _) ? below : stack;

    private static ResourceItem First(in ResourceItem item) => item.Key.Kind == ResourceKind.Ranges
        ? item with { Ranges = item.Ranges!.TakeFirst(1) }
        : item with { Names = NameSet.Of(item.Names!.Names.Take(1)) };

    private static ResourceKey? Refined(ResourceKey key, int choice)
    {
        var below = HistoryChoices.Roles.Where(role => !key.IsUnreserved && role != key.Reservations.Role
            && role.IsWithin(key.Reservations.Role)).ToArray();
        return below.Length > 0
            && key.Reservations.TryPush(Reservation.Dynamic(below[choice % below.Length]), out var stack, out _)
                ? key.WithReservations(stack)
                : null;
    }
}
