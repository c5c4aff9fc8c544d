namespace ClusterScheduler.Core.Allocation;

/// <summary>
/// Siblings in the order in which they are served. A sorted list in pages of bounded size: insertion and removal
/// cost two binary searches and a short move, walking is sequential. Never changed while it is walked.
/// </summary>
internal sealed class ShareOrder
{
    private const int PageSize = 64;

    private readonly List<Page> pages = [];

    private WeightedDraw? draw;

    public int Count { get; private set; }

    /// <summary>Counts every member that came or went, and every change of weight.</summary>
    public int Changes { get; private set; }

    /// <summary>The members in random order, for those who want that instead.</summary>
    public WeightedDraw Draw => draw ??= new WeightedDraw();

    public int PageCount => pages.Count;

    public ReadOnlySpan<Entry> this[int page] => pages[page].Entries.AsSpan(0, pages[page].Count);

    public void Add(ShareUnit unit)
    {
        (unit.FiledShare, unit.FiledCount, unit.IsFiled) = (unit.Share, unit.Count, true);
        Insert(new Entry(unit.Share, unit.Count, unit));
        Count++;
        Changes++;
    }

    public void Remove(ShareUnit unit)
    {
        var (page, at) = Find(new Entry(unit.FiledShare, unit.FiledCount, unit));
        RemoveAt(page, at);
        unit.IsFiled = false;
        Count--;
        Changes++;
    }

    /// <summary>A member has another weight.</summary>
    public void NoteWeight() => Changes++;

    /// <summary>Moves a filed unit to where its present share and count put it.</summary>
    public void Refile(ShareUnit unit)
    {
        if (unit.FiledShare == unit.Share && unit.FiledCount == unit.Count)
        {
            return;
        }

        var (page, at) = Find(new Entry(unit.FiledShare, unit.FiledCount, unit));
        var entry = new Entry(unit.Share, unit.Count, unit);
        (unit.FiledShare, unit.FiledCount) = (unit.Share, unit.Count);
        var entries = pages[page].Entries;
        var afterPrevious = at == 0 ? page == 0 : entries[at - 1].CompareTo(entry) < 0;
        var beforeNext = at == pages[page].Count - 1 ? page == pages.Count - 1 : entry.CompareTo(entries[at + 1]) < 0;
        if (afterPrevious && beforeNext)
        {
            entries[at] = entry;
            return;
        }

        RemoveAt(page, at);
        Insert(entry);
    }

    /// <summary>Sorts all anew, after shares changed everywhere.</summary>
    public void Rebuild()
    {
        var all = new Entry[Count];
        var to = 0;
        foreach (var page in pages)
        {
            foreach (ref readonly var entry in page.Entries.AsSpan(0, page.Count))
            {
                var unit = entry.Unit;
                (unit.FiledShare, unit.FiledCount) = (unit.Share, unit.Count);
                all[to++] = new Entry(unit.Share, unit.Count, unit);
            }
        }

        Array.Sort(all);
        pages.Clear();
        for (var from = 0; from < all.Length; from += PageSize / 2)
        {
            var page = new Page { Count = Math.Min(PageSize / 2, all.Length - from) };
            Array.Copy(all, from, page.Entries, 0, page.Count);
            pages.Add(page);
        }
    }

    private void Insert(in Entry entry)
    {
        if (pages.Count == 0)
        {
            pages.Add(new Page());
        }

        var index = PageOf(entry);
        var page = pages[index];
        if (page.Count == PageSize)
        {
            var half = new Page { Count = PageSize / 2 };
            Array.Copy(page.Entries, PageSize / 2, half.Entries, 0, PageSize / 2);
            Array.Clear(page.Entries, PageSize / 2, PageSize / 2);
            page.Count = PageSize / 2;
            pages.Insert(index + 1, half);
            page = entry.CompareTo(half.Entries[0]) < 0 ? page : half;
        }

        var at = ~Array.BinarySearch(page.Entries, 0, page.Count, entry);
        Array.Copy(page.Entries, at, page.Entries, at + 1, page.Count - at);
        page.Entries[at] = entry;
        page.Count++;
    }

    private void RemoveAt(int index, int at)
    {
        var page = pages[index];
        page.Count--;
        Array.Copy(page.Entries, at + 1, page.Entries, at, page.Count - at);
        page.Entries[page.Count] = default;
        if (page.Count == 0)
        {
            pages.RemoveAt(index);
        }
    }

    private (int Page, int At) Find(in Entry entry)
    {
        var page = PageOf(entry);
        var at = Array.BinarySearch(pages[page].Entries, 0, pages[page].Count, entry);
        return at >= 0 ? (page, at) : throw new InvalidOperationException($"{entry.Unit.Name} is not in its order.");
    }

    // The last page whose first entry is not behind the one looked for.
    private int PageOf(in Entry entry)
    {
        int low = 0, high = pages.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) >> 1;
            if (pages[middle].Entries[0].CompareTo(entry) <= 0)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return low;
    }

    /// <summary>A unit with the key it is filed under, beside it so that comparing touches no other memory.</summary>
    public readonly struct Entry(double share, long count, ShareUnit unit) : IComparable<Entry>
    {
        private readonly double share = share;
        private readonly long count = count;

        public ShareUnit Unit { get; } = unit;

        public int CompareTo(Entry other)
        {
            if (share != other.share)
            {
                return share < other.share ? -1 : 1;
            }

            return count != other.count
                ? (count < other.count ? -1 : 1)
                : string.CompareOrdinal(Unit.Name, other.Unit.Name);
        }
    }

    private sealed class Page
    {
        public Entry[] Entries { get; } = new Entry[PageSize];

        public int Count { get; set; }
    }
}
