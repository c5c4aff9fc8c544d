namespace ClusterScheduler.Sdk.Metrics;

/// <summary>One driver's counters; each count is also published by <see cref="SchedulerInstruments"/>.</summary>
internal sealed class SchedulerCounters(string framework)
{
    private readonly KeyValuePair<string, object?> _framework = new("framework", framework);
    private readonly long[] _updates = new long[Enum.GetValues<TaskState>().Length];
    private long _offersReceived;
    private long _offersAccepted;
    private long _offersDeclined;
    private long _offersRescinded;
    private long _tasksLaunched;
    private long _updatesRepeated;
    private long _reconnections;

    public void Offered(int offers)
    {
        _offersReceived += offers;
        SchedulerInstruments.OffersReceived.Add(offers, _framework);
    }

    public void Accepted(int offers, int tasks)
    {
        _offersAccepted += offers;
        _tasksLaunched += tasks;
        SchedulerInstruments.OffersAccepted.Add(offers, _framework);
        SchedulerInstruments.TasksLaunched.Add(tasks, _framework);
    }

    public void Declined(int offers)
    {
        _offersDeclined += offers;
        SchedulerInstruments.OffersDeclined.Add(offers, _framework);
    }

    public void Rescinded()
    {
        _offersRescinded++;
        SchedulerInstruments.OffersRescinded.Add(1, _framework);
    }

    public void Updated(TaskState state)
    {
        _updates[(int)state]++;
        SchedulerInstruments.Updates.Add(1, _framework, new("state", state.WireName()));
    }

    public void Repeated()
    {
        _updatesRepeated++;
        SchedulerInstruments.UpdatesRepeated.Add(1, _framework);
    }

    public void Reconnected()
    {
        _reconnections++;
        SchedulerInstruments.Reconnections.Add(1, _framework);
    }

    public SchedulerMetrics Read(bool connected, int offersHeld) => new(
        connected,
        offersHeld,
        _offersReceived,
        _offersAccepted,
        _offersDeclined,
        _offersRescinded,
        _tasksLaunched,
        Enum.GetValues<TaskState>().Where(state => _updates[(int)state] > 0)
            .ToImmutableSortedDictionary(static state => state, state => _updates[(int)state]),
        _updatesRepeated,
        _reconnections);
}
