using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Allocation;

/// <summary>What somebody asks about, measured against what there is.</summary>
internal sealed class Demand
{
    private readonly Quantities wanted;
    private readonly int unknown;

    public Demand(in ResourceSet resources, ScalarNames names)
    {
        HashSet<string>? strange = null;
        names.Unknown(resources, ref strange);
        Resources = resources;
        wanted = names.Known(resources);
        unknown = strange?.Count ?? 0;
    }

    public ResourceSet Resources { get; }

    /// <summary>
    /// Sum over names of the missing part, each between 0 and 1, so that cpus and mem weigh alike; 0 when it is all
    /// there. Nobody has anything of a name that is not known.
    /// </summary>
    public double Distance(in ResourceSet offerable, ScalarNames names)
    {
        var there = names.All(offerable);
        double distance = unknown;
        for (var number = 0; number < names.Count; number++)
        {
            distance += wanted[number] > there[number]
                ? (wanted[number] - there[number]) / (double)wanted[number]
                : 0;
        }

        return Resources.IsPlain
            ? distance
            : distance + Missing(offerable).Items.Count(item => item.Key.Kind != ResourceKind.Scalar);
    }

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
}
