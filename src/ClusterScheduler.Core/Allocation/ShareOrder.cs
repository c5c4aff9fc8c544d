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

    // A member keeps its place here while it is in the order: what moves in the pages are numbers, which the collector
    // need not hear of.
    private readonly Stack<int> unused = [];
    private ShareUnit[] members = [];
    private WeightedDraw? draw;
    private Comparison<Entry>? comparison;

    public int Count { get; private set; }

    /// <summary>Counts every member that came or went, and every change of weight.</summary>
    public int Changes { get; private set; }

    /// <summary>The members in random order, for those who want that instead.</summary>
    public WeightedDraw Draw => draw ??= new WeightedDraw();

    public int PageCount => pages.Count;

    /// <summary>The places of one page, in order.</summary>
    public ReadOnlySpan<Entry> this[int page] => pages[page].Filed;

    /// <summary>Who is at a place.</summary>
    public ShareUnit this[in Entry place] => members[place.Member];

    /// <summary>Whether a member on the page may get any of these plain resources.</summary>
    public bool MayTake(int page, Vector256<long> free) =>
        Vector256.GreaterThanAny(Vector256.Min(free, pages[page].Open), Vector256<long>.Zero);

    public void Add(ShareUnit unit)
    {
        if (!unused.TryPop(out var member))
        {
            member = Count;
            if (member == members.Length)
            {
                Array.Resize(ref members, Math.Max(2, member * 4));
            }
        }

        members[member] = unit;
        unit.Member = member;
        unit.IsFiled = true;
        Renew(unit);
        Insert(FiledAt(unit));
        Count++;
        Changes++;
    }

    public void Remove(ShareUnit unit)
    {
        var (page, at) = Find(unit);
        RemoveAt(page, at);
        members[unit.Member] = null!;
        unused.Push(unit.Member);
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

        var (index, at) = Find(unit);
        var page = pages[index];
        var entry = new Entry(unit.Share, unit.Count, unit.Member);
        var entries = page.Filed;
        var afterPrevious = at == 0 ? index == 0 : Compare(entries[at - 1], entry) < 0;
        var beforeNext = at == entries.Length - 1 ? index == pages.Count - 1 : Compare(entry, entries[at + 1]) < 0;
        if (afterPrevious && beforeNext)
        {
            page.Open -= unit.FiledOpen;
            Renew(unit);
            page.Open += unit.FiledOpen;
            entries[at] = entry;
            return;
        }

        RemoveAt(index, at);
        Renew(unit);
        Insert(entry);
    }

    /// <summary>Sorts all anew, after shares changed everywhere; each page keeps its size.</summary>
    public void Rebuild()
    {
        comparison ??= (left, right) => Compare(left, right);
        if (pages.Count == 1)
        {
            Renew(pages[0]);
            pages[0].Filed.Sort(comparison);
            CountOpen(pages[0]);
            return;
        }

        var all = ArrayPool<Entry>.Shared.Rent(Count);
        var to = 0;
        foreach (var page in pages)
        {
            Renew(page);
            page.Filed.CopyTo(all.AsSpan(to));
            to += page.Count;
        }

        all.AsSpan(0, Count).Sort(comparison);
        var from = 0;
        foreach (var page in pages)
        {
            all.AsSpan(from, page.Count).CopyTo(page.Filed);
            CountOpen(page);
            from += page.Count;
        }

        ArrayPool<Entry>.Shared.Return(all);
    }

    private static void Renew(ShareUnit unit) =>
        (unit.FiledShare, unit.FiledCount, unit.FiledOpen) = (unit.Share, unit.Count, unit.Open);

    private static Entry FiledAt(ShareUnit unit) => new(unit.FiledShare, unit.FiledCount, unit.Member);

    private void Renew(Page page)
    {
        foreach (ref var entry in page.Filed)
        {
            var unit = members[entry.Member];
            Renew(unit);
            entry = FiledAt(unit);
        }
    }

    private void CountOpen(Page page)
    {
        page.Open = Vector256<long>.Zero;
        foreach (ref readonly var entry in page.Filed)
        {
            page.Open += members[entry.Member].FiledOpen;
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
            var half = page.Split();
            CountOpen(page);
            CountOpen(half);
            pages.Insert(index + 1, half);
            page = Compare(entry, half.Filed[0]) < 0 ? page : half;
        }

        page.Insert(~Search(page.Filed, entry), entry);
        page.Open += members[entry.Member].FiledOpen;
    }

    private void RemoveAt(int index, int at)
    {
        var page = pages[index];
        page.Open -= members[page.Filed[at].Member].FiledOpen;
        page.RemoveAt(at);
        if (page.Count == 0)
        {
            pages.RemoveAt(index);
        }
    }

    private (int Page, int At) Find(ShareUnit unit)
    {
        var entry = FiledAt(unit);
        var page = PageOf(entry);
        var at = Search(pages[page].Filed, entry);
        return at >= 0 ? (page, at) : throw new InvalidOperationException($"{unit.Name} is not in its order.");
    }

    // The last page whose first entry is not behind the one looked for.
    private int PageOf(in Entry entry)
    {
        int low = 0, high = pages.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) >> 1;
            if (Compare(pages[middle].Filed[0], entry) <= 0)
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

    // Where the entry is; the complement of where it belongs when it is not there.
    private int Search(ReadOnlySpan<Entry> entries, in Entry entry)
    {
        int low = 0, high = entries.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >> 1;
            var order = Compare(entries[middle], entry);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }

    private int Compare(in Entry left, in Entry right)
    {
        if (left.Share != right.Share)
        {
            return left.Share < right.Share ? -1 : 1;
        }

        return left.Count != right.Count
            ? (left.Count < right.Count ? -1 : 1)
            : string.CompareOrdinal(members[left.Member].Name, members[right.Member].Name);
    }

    /// <summary>A member by number, beside the key it is filed under: comparing touches no other memory.</summary>
    public readonly record struct Entry(double Share, long Count, int Member);

    /// <summary>It grows, as most roles have one framework.</summary>
    private sealed class Page
    {
        private const int SizeLeast = 2;

        private Entry[] entries = new Entry[SizeLeast];

        public int Count { get; private set; }

        /// <summary>What is on the page, in order.</summary>
        public Span<Entry> Filed => entries.AsSpan(0, Count);

        /// <summary>How many of them are filed as open for each of the plain resources.</summary>
        public Vector256<long> Open { get; set; }

        public void Insert(int at, in Entry entry)
        {
            if (Count == entries.Length)
            {
                Array.Resize(ref entries, Math.Min(PageSize, Count * 4));
            }

            Array.Copy(entries, at, entries, at + 1, Count - at);
            entries[at] = entry;
            Count++;
        }

        public void RemoveAt(int at)
        {
            Count--;
            Array.Copy(entries, at + 1, entries, at, Count - at);
        }

        /// <summary>Takes the upper half of a full page out.</summary>
        public Page Split()
        {
            var upper = new Page { entries = new Entry[PageSize], Count = PageSize / 2 };
            Array.Copy(entries, PageSize / 2, upper.entries, 0, PageSize / 2);
            Count = PageSize / 2;
            return upper;
        }
    }
}
