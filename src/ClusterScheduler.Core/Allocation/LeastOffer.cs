using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Allocation;

/// <summary>
/// The smallest offers that a client takes, by the numbers of names. A name that nobody has yet has no number: what
/// needs it is out of reach until an agent brings it.
/// </summary>
internal sealed class LeastOffer(MinAllocatable min)
{
    private Quantities[] alternatives = [];
    private int namesSeen = -1;

    /// <summary>Whether the amounts reach one of the alternatives.</summary>
    public bool IsReachedBy(in Quantities amounts, ScalarNames names)
    {
        if (namesSeen != names.Count)
        {
            Number(names);
        }

        foreach (ref readonly var least in alternatives.AsSpan())
        {
            if (amounts.Covers(least))
            {
                return true;
            }
        }

        return min.Alternatives.Count == 0;
    }

    // Apart, since what the lambdas hold would be made at every question otherwise.
    private void Number(ScalarNames names)
    {
        namesSeen = names.Count;
        alternatives = [.. min.Alternatives.Where(set => IsKnown(set, names)).Select(set => names.All(set))];
    }

    private static bool IsKnown(in ResourceSet set, ScalarNames names)
    {
        HashSet<string>? unknown = null;
        names.Unknown(set, ref unknown);
        return unknown is null;
    }
}
