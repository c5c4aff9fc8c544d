namespace ClusterScheduler.Core.Allocation;

/// <summary>
/// How long a decline filter lasts, from what the call said (Mesos: <c>Filters.refuse_seconds</c>).
/// </summary>
public static class FilterDuration
{
    /// <summary>What a call without filters means.</summary>
    public static TimeSpan Standard { get; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest filter; longer ones are cut to it.</summary>
    public static TimeSpan Most { get; } = TimeSpan.FromDays(365);

    /// <summary>
    /// Missing, negative and NaN mean 5 s, zero means no filter, more than 365 days means 365 days. The
    /// allocator makes
    /// anything else last at least <see cref="AllocatorSettings.FilterLeast"/>.
    /// </summary>
    /// <param name="refuseSeconds">In seconds; null when the call has no filters.</param>
    public static TimeSpan From(double? refuseSeconds) => refuseSeconds switch
    {
        null or < 0 or double.NaN => Standard,
        var seconds when seconds >= Most.TotalSeconds => Most,
        var seconds => TimeSpan.FromSeconds(seconds.Value),
    };
}
