using System.Collections;

namespace ClusterScheduler.Core.Allocation;

/// <summary>
/// The offers of a round, in pages small enough to stay out of the large object heap, whose collections would stop a
/// large round in the middle.
/// </summary>
internal sealed class OfferPages : IReadOnlyList<OfferedResources>
{
    private const int PageSize = 256;

    private readonly List<OfferedResources[]> pages = [];

    public int Count { get; private set; }

    public OfferedResources this[int index] => index >= 0 && index < Count
        ? pages[index / PageSize][index % PageSize]
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"There are {Count} offers.");

    public void Add(in OfferedResources offer)
    {
        if (Count % PageSize == 0)
        {
            pages.Add(new OfferedResources[Count == 0 ? 8 : PageSize]);
        }

        var page = pages[^1];
        if (Count % PageSize == page.Length)
        {
            // Only the first page grows: most rounds have few offers.
            Array.Resize(ref page, Math.Min(PageSize, page.Length * 4));
            pages[^1] = page;
        }

        page[Count % PageSize] = offer;
        Count++;
    }

    public IEnumerator<OfferedResources> GetEnumerator()
    {
        for (var index = 0; index < Count; index++)
        {
            yield return pages[index / PageSize][index % PageSize];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
