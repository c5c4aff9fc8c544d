using System.Buffers;
using System.Runtime.Intrinsics;

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

    /// <summary>Whether a member on the page may get any of these plain resources.</summary>
    public bool MayTake(int page, Vector256<long> free) =>
        Vector256.GreaterThanAny(Vector256.Min(free, pages[page].Open), Vector256<long>.Zero);

    public ReadOnlySpan<Entry> this[int page] => pages[page].Entries.AsSpan(0, pages[page].Count);

    public void Add(ShareUnit unit)
    {
        Renew(unit);
        unit.IsFiled = true;
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
        if (unit.FiledShare == unit.Share && unit.FiledCount == unit.Count && unit.FiledOpen == unit.Open)
        {
            return;
        }

        var (page, at) = Find(new Entry(unit.FiledShare, unit.FiledCount, unit));
        var entry = new Entry(unit.Share, unit.Count, unit);
        var entries = pages[page].Entries;
        var afterPrevious = at == 0 ? page == 0 : entries[at - 1].CompareTo(entry) < 0;
        var beforeNext = at == pages[page].Count - 1 ? page == pages.Count - 1 : entry.CompareTo(entries[at + 1]) < 0;
        if (afterPrevious && beforeNext)
        {
            pages[page].Open -= unit.FiledOpen;
            Renew(unit);
            pages[page].Open += unit.FiledOpen;
            entries[at] = entry;
            return;
        }

        RemoveAt(page, at);
        Renew(unit);
        Insert(entry);
    }

    /// <summary>Sorts all anew, after shares changed everywhere; each page keeps its size.</summary>
    public void Rebuild()
    {
        if (pages.Count == 1)
        {
            Renew(pages[0]);
            pages[0].Entries.AsSpan(0, Count).Sort();
            pages[0].CountOpen();
            return;
        }

        var all = ArrayPool<Entry>.Shared.Rent(Count);
        var to = 0;
        foreach (var page in pages)
        {
            Renew(page);
            Array.Copy(page.Entries, 0, all, to, page.Count);
            to += page.Count;
        }

        all.AsSpan(0, Count).Sort();
        var from = 0;
        foreach (var page in pages)
        {
            Array.Copy(all, from, page.Entries, 0, page.Count);
            page.CountOpen();
            from += page.Count;
        }

        ArrayPool<Entry>.Shared.Return(all, clearArray: true);
    }

    private static void Renew(Page page)
    {
        foreach (ref var entry in page.Entries.AsSpan(0, page.Count))
        {
            Renew(entry.Unit);
            entry = new Entry(entry.Unit.Share, entry.Unit.Count, entry.Unit);
        }
    }

    private static void Renew(ShareUnit unit) =>
        (unit.FiledShare, unit.FiledCount, unit.FiledOpen) = (unit.Share, unit.Count, unit.Open);

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
            var half = page.Split();
            pages.Insert(index + 1, half);
            page = entry.CompareTo(half.Entries[0]) < 0 ? page : half;
        }

        var at = ~Array.BinarySearch(page.Entries, 0, page.Count, entry);
        page.MakeRoom();
        Array.Copy(page.Entries, at, page.Entries, at + 1, page.Count - at);
        page.Entries[at] = entry;
        page.Count++;
        page.Open += entry.Unit.FiledOpen;
    }

    private void RemoveAt(int index, int at)
    {
        var page = pages[index];
        page.Count--;
        page.Open -= page.Entries[at].Unit.FiledOpen;
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

    /// <summary>It grows, as most roles have one framework.</summary>
    private sealed class Page
    {
        private const int SizeLeast = 2;

        public Entry[] Entries { get; private set; } = new Entry[SizeLeast];

        public int Count { get; set; }

        /// <summary>How many of them are filed as open for each of the plain resources.</summary>
        public Vector256<long> Open { get; set; }

        public void CountOpen()
        {
            Open = Vector256<long>.Zero;
            foreach (ref readonly var entry in Entries.AsSpan(0, Count))
            {
                Open += entry.Unit.FiledOpen;
            }
        }

        public void MakeRoom()
        {
            if (Count == Entries.Length)
            {
                var entries = Entries;
                Array.Resize(ref entries, Math.Min(PageSize, Count * 4));
                Entries = entries;
            }
        }

        /// <summary>Takes the upper half of a full page out.</summary>
        public Page Split()
        {
            var upper = new Page { Entries = new Entry[PageSize], Count = PageSize / 2 };
            Array.Copy(Entries, PageSize / 2, upper.Entries, 0, PageSize / 2);
            Array.Clear(Entries, PageSize / 2, PageSize / 2);
            Count = PageSize / 2;
            CountOpen();
            upper.CountOpen();
            return upper;
        }
    }
}
