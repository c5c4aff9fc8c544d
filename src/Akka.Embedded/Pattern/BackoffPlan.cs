using Akka.Actor;

namespace Akka.Pattern;

/// <summary>What a backoff supervisor keeps alive, and how long it waits before each new start.</summary>
internal sealed record BackoffPlan(
    Props ChildProps, string ChildName, TimeSpan MinBackoff, TimeSpan MaxBackoff, double RandomFactor,
    SupervisorStrategy Strategy)
{
    /// <summary>Null: the count of restarts goes back to 0 only when told to.</summary>
    internal TimeSpan? ResetAfter { get; init; } = MinBackoff;

    internal object? ReplyWhileStopped { get; init; }

    internal Func<object, bool>? IsFinalStopMessage { get; init; }

    /// <summary>-1: as often as need be.</summary>
    internal int RestartsMax => Strategy is OneForOneStrategy oneForOne ? oneForOne.MaxNumberOfRetries : -1;

    internal BackoffPlan Checked()
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(MinBackoff, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBackoff, MinBackoff);
        if (RandomFactor is not (>= 0 and <= 1))
            throw new ArgumentException($"The random factor is {RandomFactor}; it must be between 0 and 1.");
        return this;
    }

    /// <summary>
    /// Twice as long each time, up to the maximum, and by a random share longer, so that not all start at once.
    /// </summary>
    internal TimeSpan DelayBefore(int restart)
    {
        var doubled = Math.Min(MaxBackoff.Ticks, MinBackoff.Ticks * Math.Pow(2, restart));
        var ticks = doubled * (1 + (Random.Shared.NextDouble() * RandomFactor));
        return ticks >= long.MaxValue ? MaxBackoff : TimeSpan.FromTicks((long)ticks);
    }
}
