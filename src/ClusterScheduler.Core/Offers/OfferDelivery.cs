using System.Collections.Immutable;

namespace ClusterScheduler.Core.Offers;

/// <summary>
/// The master's side of telling a connected framework of offers: each batch has a number and is said again until it
/// is noted. Single owner, no clock.
/// </summary>
public sealed class OfferDelivery
{
    private readonly SortedDictionary<long, (DateTimeOffset Said, ImmutableArray<OfferId> Offers)> unnoted = [];
    private long last;

    /// <summary>A batch that is said now.</summary>
    /// <returns>Its number, from 1.</returns>
    public long Say(ImmutableArray<OfferId> offers, DateTimeOffset now)
    {
        unnoted.Add(++last, (now, offers));
        return last;
    }

    /// <summary>The framework has the batch.</summary>
    public void Noted(long number) => unnoted.Remove(number);

    /// <summary>Batches said before <paramref name="saidBefore"/> and not noted, oldest first. They count as said
    /// now.</summary>
    public IReadOnlyList<(long Number, ImmutableArray<OfferId> Offers)> Again(
        DateTimeOffset saidBefore, DateTimeOffset now)
    {
        var again = new List<(long, ImmutableArray<OfferId>)>();
        foreach (var (number, batch) in unnoted.Where(batch => batch.Value.Said <= saidBefore).ToList())
        {
            unnoted[number] = (now, batch.Offers);
            again.Add((number, batch.Offers));
        }

        return again;
    }
}
