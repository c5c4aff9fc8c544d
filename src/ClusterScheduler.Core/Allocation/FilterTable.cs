using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Allocation;

/// <summary>
/// The decline filters at one agent, by filter number of the client. Open addressing with linear probing; a
/// client may
/// have several. Refused resources are mostly the same for many clients, so entries point to a shared list of them.
/// </summary>
internal sealed class FilterTable
{
    /// <summary>Most filters of one client at one agent; the next one replaces the one that ends first.</summary>
    public const int FiltersPerClientMax = 16;

    private readonly List<ResourceSet> refusedSets = [];
    private Entry[] entries = [];
    private int count;

    public int Count => count;

    /// <summary>Whether a filter of the client refuses at least what would be offered.</summary>
    public bool Blocks(int number, in ResourceSet offered)
    {
        if (count == 0)
        {
            return false;
        }

        var mask = entries.Length - 1;
        for (var at = Slot(number, mask); entries[at].Number != 0; at = (at + 1) & mask)
        {
            if (entries[at].Number == number && refusedSets[entries[at].Refused].Contains(offered))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Goes through the filters of one client that last beyond now, for explanations.</summary>
    /// <param name="number">Of the client.</param>
    /// <param name="now">In ticks.</param>
    /// <param name="at">Where the one before was; -1 to begin.</param>
    /// <param name="refused">What it refuses.</param>
    /// <param name="expiry">In ticks.</param>
    public bool TryNext(int number, long now, ref int at, out ResourceSet refused, out long expiry)
    {
        (refused, expiry) = (default, 0);
        if (count == 0)
        {
            return false;
        }

        var mask = entries.Length - 1;
        for (at = at < 0 ? Slot(number, mask) : (at + 1) & mask; entries[at].Number != 0; at = (at + 1) & mask)
        {
            ref readonly var entry = ref entries[at];
            if (entry.Number == number && entry.Expiry > now)
            {
                (refused, expiry) = (refusedSets[entry.Refused], entry.Expiry);
                return true;
            }
        }

        return false;
    }

    /// <summary>Remembers a filter; one that another of the client implies is left out.</summary>
    /// <param name="number">Of the client.</param>
    /// <param name="refused">What it does not want again.</param>
    /// <param name="expiry">In ticks.</param>
    /// <param name="isLive">Whether a number still belongs to a client; asked when the table is full.</param>
    public void Add(int number, in ResourceSet refused, long expiry, Func<int, bool> isLive)
    {
        Reserve(isLive);
        var mask = entries.Length - 1;
        int own = 0, first = -1;
        var at = Slot(number, mask);
        for (; entries[at].Number != 0; at = (at + 1) & mask)
        {
            ref var entry = ref entries[at];
            if (entry.Number != number)
            {
                continue;
            }

            if (entry.Expiry >= expiry && refusedSets[entry.Refused].Contains(refused))
            {
                return;
            }

            if (expiry >= entry.Expiry && refused.Contains(refusedSets[entry.Refused]))
            {
                entry = new Entry(number, IndexOf(refused), expiry);
                return;
            }

            own++;
            first = first < 0 || entry.Expiry < entries[first].Expiry ? at : first;
        }

        if (own == FiltersPerClientMax)
        {
            entries[first] = new Entry(number, IndexOf(refused), expiry);
            return;
        }

        entries[at] = new Entry(number, IndexOf(refused), expiry);
        count++;
        if (refusedSets.Count > (2 * count) + 16)
        {
            Refill([.. entries.Where(entry => entry.Number != 0)]);
        }
    }

    /// <summary>Drops what ended, and what nobody can find any more; returns the next expiry, or MaxValue.</summary>
    /// <param name="now">In ticks; a filter lasts while its expiry is later.</param>
    /// <param name="isLive">Whether a number still belongs to a client.</param>
    /// <param name="ended">Receives the numbers of live clients whose filter ended.</param>
    public long Purge(long now, Func<int, bool> isLive, List<int> ended)
    {
        var (next, lasting) = (long.MaxValue, 0);
        foreach (ref readonly var entry in entries.AsSpan())
        {
            if (entry.Number == 0 || !isLive(entry.Number))
            {
                continue;
            }

            if (entry.Expiry <= now)
            {
                ended.Add(entry.Number);
                continue;
            }

            lasting++;
            next = Math.Min(next, entry.Expiry);
        }

        if (lasting <= count >> 1)
        {
            Keep(now, isLive);
        }
        else
        {
            TakeOutEnded(now);
        }

        return next;
    }

    private void Keep(long now, Func<int, bool> isLive) =>
        Refill([.. entries.Where(entry => entry.Number != 0 && entry.Expiry > now && isLive(entry.Number))]);

    // The table stays as it is but for the places of those, since mostly one filter of many ends at a time.
    private void TakeOutEnded(long now)
    {
        for (var at = 0; at < entries.Length;)
        {
            if (entries[at].Number == 0 || entries[at].Expiry > now)
            {
                at++;
                continue;
            }

            TakeOut(at);
        }
    }

    // Whoever was placed behind because the place was taken moves up to it.
    private void TakeOut(int hole)
    {
        var mask = entries.Length - 1;
        for (var at = (hole + 1) & mask; entries[at].Number != 0; at = (at + 1) & mask)
        {
            var isBetween = ((at - Slot(entries[at].Number, mask)) & mask) >= ((at - hole) & mask);
            if (isBetween)
            {
                entries[hole] = entries[at];
                hole = at;
            }
        }

        entries[hole] = default;
        count--;
    }

    private static int Slot(int number, int mask) => (int)((uint)number * 2654435769u >> 7) & mask;

    private int IndexOf(in ResourceSet refused)
    {
        for (var index = refusedSets.Count - 1; index >= Math.Max(0, refusedSets.Count - 4); index--)
        {
            if (refusedSets[index].Equals(refused))
            {
                return index;
            }
        }

        refusedSets.Add(refused);
        return refusedSets.Count - 1;
    }

    // Before it grows, what nobody can find any more is dropped: filters from before a REVIVE.
    private void Reserve(Func<int, bool> isLive)
    {
        if (count + 1 <= entries.Length - (entries.Length >> 2))
        {
            return;
        }

        var live = entries.Where(entry => entry.Number != 0 && isLive(entry.Number)).ToList();
        Refill(live, Math.Max(4, live.Count > entries.Length >> 1 ? entries.Length * 2 : entries.Length));
    }

    private void Refill(List<Entry> kept, int sizeLeast = 4)
    {
        var sets = refusedSets.ToArray();
        refusedSets.Clear();
        var size = sizeLeast;
        while (kept.Count > size - (size >> 2))
        {
            size *= 2;
        }

        entries = new Entry[size];
        count = kept.Count;
        foreach (var entry in kept)
        {
            Place(new Entry(entry.Number, IndexOf(sets[entry.Refused]), entry.Expiry));
        }
    }

    private void Place(in Entry entry)
    {
        if (entry.Number == 0)
        {
            return;
        }

        var mask = entries.Length - 1;
        var at = Slot(entry.Number, mask);
        while (entries[at].Number != 0)
        {
            at = (at + 1) & mask;
        }

        entries[at] = entry;
    }

    private readonly record struct Entry(int Number, int Refused, long Expiry);
}
