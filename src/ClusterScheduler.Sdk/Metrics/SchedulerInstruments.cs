using System.Diagnostics.Metrics;

namespace ClusterScheduler.Sdk.Metrics;

/// <summary>
/// The counters of all schedulers in this process, under the meter <see cref="MeterName"/>, each with the tag
/// <c>framework</c> (its name), updates also with <c>state</c>.
/// </summary>
public static class SchedulerInstruments
{
    /// <summary>What a listener listens to.</summary>
    public const string MeterName = "ClusterScheduler.Sdk";

    private static readonly Meter Meter = new(MeterName);

    internal static Counter<long> OffersReceived { get; } = Counter("scheduler.offers.received", "{offer}");

    internal static Counter<long> OffersAccepted { get; } = Counter("scheduler.offers.accepted", "{offer}");

    internal static Counter<long> OffersDeclined { get; } = Counter("scheduler.offers.declined", "{offer}");

    internal static Counter<long> OffersRescinded { get; } = Counter("scheduler.offers.rescinded", "{offer}");

    internal static Counter<long> TasksLaunched { get; } = Counter("scheduler.tasks.launched", "{task}");

    internal static Counter<long> Updates { get; } = Counter("scheduler.updates", "{update}");

    internal static Counter<long> UpdatesRepeated { get; } = Counter("scheduler.updates.repeated", "{update}");

    internal static Counter<long> Reconnections { get; } = Counter("scheduler.reconnections", "{connection}");

    private static Counter<long> Counter(string name, string unit) => Meter.CreateCounter<long>(name, unit);
}
