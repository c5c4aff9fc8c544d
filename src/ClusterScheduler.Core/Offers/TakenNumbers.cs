namespace ClusterScheduler.Core.Offers;

/// <summary>
/// Which numbers of a sequence that begins at 1 were taken before, in whatever order they come: what is said twice is
/// taken once. Keeps only what came ahead of a gap; a gap that too much has come ahead of is given up. Single owner.
/// </summary>
public sealed class TakenNumbers
{
    /// <summary>Numbers kept ahead of a gap.</summary>
    public const int AheadMax = 1_024;

    private readonly SortedSet<long> ahead = [];
    private long upTo;

    /// <summary>True the first time.</summary>
    public bool Take(long number)
    {
        if (number <= upTo || !ahead.Add(number))
        {
            return false;
        }

        if (ahead.Count > AheadMax)
        {
            upTo = ahead.Min - 1;
        }

        while (ahead.Remove(upTo + 1))
        {
            upTo++;
        }

        return true;
    }

    /// <summary>A new sequence begins.</summary>
    public void Clear()
    {
        ahead.Clear();
        upTo = 0;
    }
}
