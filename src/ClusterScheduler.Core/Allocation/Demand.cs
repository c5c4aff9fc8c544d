using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Allocation;

/// <summary>What somebody asks about, measured against what there is.</summary>
internal sealed class Demand
{
    private readonly (int Number, long Amount)[] wanted;
    private readonly ResourceItem[] others;
    private readonly int unknown;

    public Demand(in ResourceSet resources, ScalarNames names)
    {
        HashSet<string>? strange = null;
        names.Unknown(resources, ref strange);
        Resources = resources;
        var amounts = names.Known(resources);
        wanted = [.. Enumerable.Range(0, names.Count).Select(at => (at, amounts[at])).Where(one => one.Item2 > 0)];
        others = [.. resources.Items.Where(item => item.Key.Kind != ResourceKind.Scalar)];
        unknown = strange?.Count ?? 0;
    }

    public ResourceSet Resources { get; }

    /// <summary>
    /// Sum over names of the missing part, each between 0 and 1, so that cpus and mem weigh alike; 0 when it is all
    /// there. Nobody has anything of a name that is not known.
    /// </summary>
    /// <param name="there">What there is.</param>
    /// <param name="amounts">All scalars of it.</param>
    public double Distance(in ResourceSet there, in Quantities amounts)
    {
        double distance = unknown;
        foreach (var (number, amount) in wanted)
        {
            var had = amounts[number];
            distance += had < amount ? (amount - had) / (double)amount : 0;
        }

        foreach (ref readonly var item in others.AsSpan())
        {
            distance += IsThere(item, there) ? 0 : 1;
        }

        return distance;
    }

    /// <summary>Whether no more is asked for than these amounts, as far as names are known.</summary>
    public bool IsWithin(in Quantities most)
    {
        foreach (var (number, amount) in wanted)
        {
            if (most[number] < amount)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether it asks for some of the name; one that asks for nothing would take anything.</summary>
    public bool Asks(string name) => Resources.IsEmpty || Resources.Items.Any(item => item.Key.Name == name);

    /// <summary>What it lacks. A demand is met by any mixture of reserved and unreserved resources of a name.</summary>
    public ResourceSet Missing(ResourceSet offerable) =>
        Resources.IsEmpty ? Resources : ResourceSet.Of(Resources.Items.Select(item => item.Key.Kind switch
        {
            ResourceKind.Scalar => item with
            {
                Amount = offerable.Get(item.Key.Name) >= item.Amount
                    ? Scalar.Zero
                    : item.Amount - offerable.Get(item.Key.Name),
            },
            ResourceKind.Ranges => item with { Ranges = item.Ranges!.Subtract(offerable.GetRanges(item.Key.Name)) },
            _ => item with { Names = item.Names!.Subtract(offerable.GetNames(item.Key.Name)) },
        }));

    private static bool IsThere(in ResourceItem item, in ResourceSet there) => item.Key.Kind == ResourceKind.Ranges
        ? there.GetRanges(item.Key.Name).Contains(item.Ranges!)
        : there.GetNames(item.Key.Name).Contains(item.Names!);
}
