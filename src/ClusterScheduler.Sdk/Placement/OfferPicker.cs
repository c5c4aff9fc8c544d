using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Sdk.Placement;

/// <summary>Fits tasks into offers. Pure: the same arguments give the same answer.</summary>
public static class OfferPicker
{
    /// <summary>
    /// First fit: each demand, in the order given, goes to the first offer that has room for it. Simple and fair to
    /// whoever comes first; a scheduler with other wishes (spread, pack, constraints) orders or filters the offers.
    /// </summary>
    /// <param name="offers">In the order in which they are tried.</param>
    /// <param name="demands">In the order in which they are placed.</param>
    public static Placements Pick(IEnumerable<Offer> offers, IEnumerable<TaskDemand> demands)
    {
        ArgumentNullException.ThrowIfNull(demands);
        var open = offers.Select(static offer => new OpenOffer(offer)).ToArray();
        var waiting = ImmutableArray.CreateBuilder<TaskDemand>();
        foreach (var demand in demands)
        {
            if (!Array.Exists(open, offer => offer.TryAdd(demand)))
            {
                waiting.Add(demand);
            }
        }

        return new Placements(
            [.. open.Where(static offer => offer.Tasks.Count > 0)
                .Select(static offer => new Placement(offer.Offer, [.. offer.Tasks]))],
            waiting.ToImmutable(),
            [.. open.Where(static offer => offer.Tasks.Count == 0).Select(static offer => offer.Offer)]);
    }

    /// <summary>
    /// Takes what is wanted out of what is free. A wanted unreserved scalar is met by any not revocable one of that
    /// name that is not a volume, reserved ones first, so that what anybody may use is left for others. Everything
    /// else must be there as it is named.
    /// </summary>
    /// <param name="free">What there is.</param>
    /// <param name="wanted">What is needed, ports apart.</param>
    /// <param name="portCount">How many ports are needed beside it; not negative.</param>
    /// <param name="taken">What to use, ports included; contained in <paramref name="free"/>.</param>
    /// <param name="ports">The ports among it: the lowest free ones, ascending.</param>
    /// <returns>False where it does not fit.</returns>
    public static bool TryTake(
        in ResourceSet free, in ResourceSet wanted, int portCount, out ResourceSet taken, out ImmutableArray<int> ports)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(portCount);
        taken = ResourceSet.Empty;
        ports = [];
        if (free.IsPlain && wanted.IsPlain && portCount == 0)
        {
            taken = wanted;
            return free.Contains(wanted);
        }

        var items = new List<ResourceItem>();
        foreach (var item in wanted.Items)
        {
            if (item.Key is { Kind: ResourceKind.Scalar, IsPlain: true })
            {
                if (!TakeScalar(free, item.Key.Name, item.Amount, items))
                {
                    return false;
                }
            }
            else
            {
                items.Add(item);
            }
        }

        taken = ResourceSet.Of(items);
        if (!free.TrySubtract(taken, out var rest) || !TakePorts(rest, portCount, out var portItems, out ports))
        {
            taken = ResourceSet.Empty;
            return false;
        }

        taken += portItems;
        return true;
    }

    private static IEnumerable<ResourceItem> Usable(in ResourceSet free, string name) => free.Items
        .Where(item => item.Key.Name == name && !item.Key.IsRevocable && !item.Key.IsVolume && !item.Key.IsExclusive)
        .OrderBy(static item => item.Key.IsUnreserved);

    private static bool TakeScalar(in ResourceSet free, string name, Scalar amount, List<ResourceItem> into)
    {
        foreach (var item in Usable(free, name))
        {
            var part = Scalar.Min(amount, item.Amount);
            if (!part.IsZero)
            {
                into.Add(item with { Amount = part });
                amount -= part;
            }
        }

        return amount.IsZero;
    }

    private static bool TakePorts(in ResourceSet free, int count, out ResourceSet taken, out ImmutableArray<int> ports)
    {
        var items = new List<ResourceItem>();
        long missing = count;
        foreach (var item in Usable(free, ResourceNames.Ports))
        {
            var lowest = item.Ranges!.TakeFirst(missing);
            missing -= lowest.Count;
            items.Add(item with { Ranges = lowest });
        }

        taken = ResourceSet.Of(items);
        ports = missing > 0 ? [] : [.. taken.Ports.Numbers().Select(static number => (int)number)];
        return missing == 0;
    }

    private sealed class OpenOffer(Offer offer)
    {
        private ResourceSet _free = offer.Resources;

        public Offer Offer { get; } = offer;

        public List<TaskInfo> Tasks { get; } = [];

        public bool TryAdd(TaskDemand demand)
        {
            if (!demand.TryPlace(_free, out var task, out _free))
            {
                return false;
            }

            Tasks.Add(task);
            return true;
        }
    }
}
