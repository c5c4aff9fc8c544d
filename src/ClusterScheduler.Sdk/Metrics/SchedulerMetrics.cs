namespace ClusterScheduler.Sdk.Metrics;

/// <summary>Asks an actor that holds a <see cref="SchedulerDriver"/> for its <see cref="SchedulerMetrics"/>. Stays in
/// the process.</summary>
public sealed record GetSchedulerMetrics : INoSerializationVerificationNeeded
{
    /// <summary>The only one.</summary>
    public static GetSchedulerMetrics Instance { get; } = new();
}

/// <summary>What a scheduler's driver has counted since it was made.</summary>
/// <param name="Connected">Whether its subscription holds.</param>
/// <param name="OffersHeld">Offers given out and not ended.</param>
/// <param name="OffersReceived">Offers given out in all.</param>
/// <param name="OffersAccepted">Of these, used for tasks.</param>
/// <param name="OffersDeclined">Of these, given back.</param>
/// <param name="OffersRescinded">Of these, ended without the scheduler's doing.</param>
/// <param name="TasksLaunched">Tasks sent with accepts.</param>
/// <param name="Updates">Updates given out, by the state that they report.</param>
/// <param name="UpdatesRepeated">Updates that came again and were not given out again.</param>
/// <param name="Reconnections">Subscriptions after the first, new masters among them.</param>
public sealed record SchedulerMetrics(
    bool Connected,
    int OffersHeld,
    long OffersReceived,
    long OffersAccepted,
    long OffersDeclined,
    long OffersRescinded,
    long TasksLaunched,
    ImmutableSortedDictionary<TaskState, long> Updates,
    long UpdatesRepeated,
    long Reconnections) : INoSerializationVerificationNeeded;
