namespace ClusterScheduler.Services;

/// <summary>
/// What the scheduler has learned of agents from their offers: a framework is told no more. The largest that an agent
/// ever had to offer, together with what this scheduler uses there, is taken for all that it has. Soft: learned anew
/// after a restart.
/// </summary>
internal sealed class KnownAgents
{
    private readonly SortedDictionary<AgentId, Known> _agents = [];
    private readonly Dictionary<AgentId, Amounts> _used = [];

    public int Count => _agents.Count;

    /// <summary>An offer came.</summary>
    public void Learn(Offer offer)
    {
        var free = Amounts.Of(offer.Resources);
        var seen = free + _used.GetValueOrDefault(offer.AgentId);
        var total = _agents.TryGetValue(offer.AgentId, out var before) ? Amounts.Max(before.Total, seen) : seen;
        ImmutableArray<AttributeValue> attributes =
            [.. offer.Attributes.Select(attribute => new AttributeValue(attribute.Name, attribute.Value))];
        _agents[offer.AgentId] = new Known(offer.Hostname, attributes, total, offer.Unavailability);
    }

    /// <summary>The agent will not come back.</summary>
    public void Forget(AgentId agent) => _agents.Remove(agent);

    /// <summary>Tasks began or ended to use an agent.</summary>
    public void Use(JobEvent @event, JobBook before)
    {
        switch (@event)
        {
            case JobEvent.Staged staged:
                foreach (var attempt in staged.Attempts)
                {
                    var need = Amounts.Of(before.Jobs[attempt.Id.Incarnation].Spec.Task.Resources);
                    _used[attempt.Agent] = _used.GetValueOrDefault(attempt.Agent) + need;
                }

                break;
            case JobEvent.Ended ended:
                foreach (var end in ended.Ends)
                {
                    var job = before.Jobs[end.Id.Incarnation];
                    if (job.Instance(end.Id.Instance).Agent is { } agent)
                    {
                        _used[agent] = _used.GetValueOrDefault(agent) - Amounts.Of(job.Spec.Task.Resources);
                    }
                }

                break;
        }
    }

    /// <summary>Learns from a recovered book what is in use.</summary>
    public void Recover(JobBook book)
    {
        foreach (var one in book.ActiveInstances())
        {
            if (one.State.Agent is { } agent)
            {
                _used[agent] = _used.GetValueOrDefault(agent) + Amounts.Of(one.Job.Spec.Task.Resources);
            }
        }
    }

    /// <summary>An offered agent as placement sees it.</summary>
    public PlacementAgent Offered(AgentId id, Amounts free, DateTimeOffset now) => Seen(id, _agents[id], free, now);

    /// <summary>All agents; of one that is not offered, what this scheduler leaves of it.</summary>
    /// <param name="offered">What is free where an offer is held.</param>
    /// <param name="now">Maintenance may be near.</param>
    public ImmutableArray<PlacementAgent> All(IReadOnlyDictionary<AgentId, Amounts> offered, DateTimeOffset now) =>
        [.. _agents.Select(pair => Seen(
            pair.Key,
            pair.Value,
            offered.TryGetValue(pair.Key, out var free)
                ? free
                : Amounts.Max(default, pair.Value.Total - _used.GetValueOrDefault(pair.Key)),
            now))];

    private static PlacementAgent Seen(AgentId id, Known agent, Amounts free, DateTimeOffset now) =>
        new(id, agent.Hostname, free, Amounts.Max(agent.Total, free), agent.Attributes)
        {
            LeavesAt = LeaveRules.IsLeaving(agent.Plan, now) ? agent.Plan?.Start : null,
        };

    private sealed record Known(
        string Hostname, ImmutableArray<AttributeValue> Attributes, Amounts Total, Unavailability? Plan);
}
