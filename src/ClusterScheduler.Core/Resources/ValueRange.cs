using System.Globalization;

namespace ClusterScheduler.Core.Resources;

/// <summary>
/// Whole numbers from <paramref name="Begin"/> to <paramref name="End"/>, both included, as in Mesos'
/// <c>Value.Range</c>.
/// </summary>
/// <param name="Begin">First number, not negative.</param>
/// <param name="End">Last number, not below <paramref name="Begin"/> in a valid range.</param>
public readonly record struct ValueRange(long Begin, long End)
{
    /// <summary>How many numbers the range has.</summary>
    public long Count => End - Begin + 1;

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Begin}-{End}");
}
