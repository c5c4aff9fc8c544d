namespace ClusterScheduler.Runtime.Delivery;

/// <summary>Waits between repetitions: doubling from the least to the most.</summary>
/// <param name="Least">Before the first repetition.</param>
/// <param name="Most">Never longer.</param>
public readonly record struct Backoff(TimeSpan Least, TimeSpan Most)
{
    /// <summary>The wait before repetition number <paramref name="attempt"/>, counted from 0.</summary>
    public TimeSpan After(int attempt) =>
        attempt >= 30 || Least.Ticks > Most.Ticks >> Math.Min(attempt, 30) ? Most : Least * (1 << attempt);

    /// <summary>The same, and no less than answers take just now, within <see cref="Most"/>.</summary>
    public TimeSpan After(int attempt, RoundTrips usual)
    {
        var (wait, timeout) = (After(attempt), usual.Timeout);
        return wait >= timeout ? wait : timeout < Most ? timeout : Most;
    }
}
