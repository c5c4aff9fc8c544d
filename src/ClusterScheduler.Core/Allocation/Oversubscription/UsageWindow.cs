using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Allocation.Oversubscription;

/// <summary>What a task used at one instant.</summary>
/// <param name="At">When.</param>
/// <param name="Cpus">In cores, averaged since the sample before.</param>
/// <param name="Mem">In MiB.</param>
public readonly record struct UsageSample(DateTimeOffset At, Scalar Cpus, Scalar Mem);

/// <summary>The samples of one task over a sliding window. Mutable, one owner; bounded in time and number.</summary>
public sealed class UsageWindow
{
    /// <summary>Most samples kept; the oldest go first.</summary>
    public const int SamplesMax = 4096;

    private readonly Queue<UsageSample> samples = new();
    private readonly TimeSpan length;
    private DateTimeOffset last = DateTimeOffset.MinValue;

    /// <summary>An empty window.</summary>
    /// <param name="length">How far it reaches back; above zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is not above zero.</exception>
    public UsageWindow(TimeSpan length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(length, TimeSpan.Zero);
        this.length = length;
    }

    /// <summary>Number of samples in the window.</summary>
    public int Count => samples.Count;

    /// <summary>Adds a sample and forgets those that are older than the window reaches.</summary>
    /// <returns>False, and nothing changed, when the sample is older than the last one, or negative.</returns>
    public bool TryAdd(UsageSample sample)
    {
        if (sample.At < last || sample.Cpus < Scalar.Zero || sample.Mem < Scalar.Zero)
        {
            return false;
        }

        samples.Enqueue(sample);
        last = sample.At;
        while (samples.Count > SamplesMax || samples.Peek().At <= sample.At - length)
        {
            samples.Dequeue();
        }

        return true;
    }

    /// <summary>
    /// The 95th percentile by nearest rank: the least value that at least 95 % of the samples do not exceed. Zero
    /// without samples.
    /// </summary>
    public (Scalar Cpus, Scalar Mem) Percentile95() =>
        (NearestRank(samples.Select(sample => sample.Cpus)), NearestRank(samples.Select(sample => sample.Mem)));

    private static Scalar NearestRank(IEnumerable<Scalar> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? Scalar.Zero : sorted[(((sorted.Length * 95) + 99) / 100) - 1];
    }
}
