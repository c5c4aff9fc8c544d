using System.Collections.Immutable;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Reservations;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Offers;

/// <summary>
/// The master's soft memory: which agent is here in which session, which offers are open, which task uses what. It
/// is rebuilt from the agents' reports after a failover. Single owner, no clock; every way an offer can end returns
/// what goes back to the allocator, so that each unit is in exactly one place (I2, I3).
/// </summary>
public sealed class OfferBook
{
    private readonly SortedDictionary<AgentId, AgentLedger> agents = [];
    private readonly Dictionary<OfferId, OpenOffer> offers = [];
    private readonly Dictionary<FrameworkId, FrameworkLedger> frameworks = [];

    /// <summary>Connected agents in the order of their ids.</summary>
    public IReadOnlyCollection<AgentLedger> Agents => agents.Values;

    /// <summary>The agent, when it is connected.</summary>
    public AgentLedger? Find(AgentId id) => agents.GetValueOrDefault(id);

    /// <summary>The open offer, unless it ended.</summary>
    public OpenOffer? Find(OfferId id) => offers.GetValueOrDefault(id);

    /// <summary>The framework's open offers and tasks; none when it has neither.</summary>
    public FrameworkLedger? Find(FrameworkId id) => frameworks.GetValueOrDefault(id);

    /// <summary>
    /// An agent begins a session. Its offers must have been ended before (<see cref="EndOffersOf(AgentId)"/>); its
    /// tasks stay until its report or their entities say otherwise.
    /// </summary>
    public void OpenSession(AgentId id, AgentInfo info, AgentSession session)
    {
        if (agents.TryGetValue(id, out var known))
        {
            known.Reopen(info, session);
        }
        else
        {
            agents[id] = new AgentLedger(id, info, session);
        }
    }

    /// <summary>The agent is away: what it holds stays, and is reported when it is back.</summary>
    public void Disconnect(AgentId id) => agents[id].Disconnect();

    /// <summary>
    /// The agent says what it holds. Returns the tasks that resources were held for and that it does not have; they
    /// stay until their entities were asked.
    /// </summary>
    public ImmutableArray<TaskAllocation> Report(AgentLedger agent, IEnumerable<TaskAllocation> held)
    {
        var seen = new HashSet<(FrameworkId, TaskId)>();
        foreach (var task in held.Where(task => !agent.HasEnded(task.FrameworkId, task.TaskId)))
        {
            seen.Add((task.FrameworkId, task.TaskId));
            Put(agent, task with { Confirmed = true });
        }

        agent.Report();
        ImmutableArray<TaskAllocation> missing =
            [.. agent.Tasks.Where(task => !seen.Contains((task.FrameworkId, task.TaskId)))];
        foreach (var task in missing)
        {
            agent.Put(task with { Confirmed = false });
        }

        return missing;
    }

    /// <summary>All that an agent has, with what operations made of it in earlier sessions.</summary>
    public void SetTotal(AgentId id, ResourceSet total) => agents[id].SetTotal(total);

    /// <summary>Operations changed what an agent has.</summary>
    public void Convert(AgentLedger agent, ImmutableArray<ResourceConversion> conversions) => agent.SetTotal(
        conversions.Aggregate(agent.Total, static (total, each) => total - each.Before + each.After));

    /// <summary>The agent has the resources, or lends them, beside what is used and offered of it.</summary>
    public bool HasFree(AgentLedger agent, ResourceSet resources) => agent
        .Beside(agent.Offers.Aggregate(agent.Used, (sum, id) => sum + offers[id].Offer.Resources))
        .Contains(resources.Unshared + resources.Shared);

    /// <summary>An allocation becomes an offer.</summary>
    public OpenOffer Open(OfferId id, FrameworkId framework, AgentLedger agent, string role, ResourceSet resources,
        DateTimeOffset now, Unavailability? unavailability = null)
    {
        var offer = new OpenOffer(framework,
            new Offer(id, agent.Id, agent.Info.Hostname, agent.Info.Attributes, role, resources)
            {
                Domain = agent.Info.Domain,
                Unavailability = unavailability,
            }, now);
        offers.Add(id, offer);
        agent.Add(id);
        Ledger(framework).Offers.Add(id);
        return offer;
    }

    /// <summary>Ends those of the offers that are open and the framework's own; returns what goes back.</summary>
    public ImmutableArray<Returned> Decline(FrameworkId framework, ImmutableArray<OfferId> ids, TimeSpan? refuseFor) =>
    [
        .. ids.Select(id => End(id, framework)).OfType<OpenOffer>().Select(offer => new Returned(
            framework, offer.Offer.Role, offer.Offer.AgentId, offer.Offer.Resources, refuseFor)),
    ];

    /// <summary>Ends all offers of an agent; returns them in the order of their ids.</summary>
    public ImmutableArray<OpenOffer> EndOffersOf(AgentId id) => agents.TryGetValue(id, out var agent)
        ? [.. agent.Offers.ToImmutableArray().Select(offer => End(offer, null)).OfType<OpenOffer>()]
        : [];

    /// <summary>Ends the offers of an agent that hold some of these resources; returns them likewise.</summary>
    public ImmutableArray<OpenOffer> EndOffersOf(AgentLedger agent, ResourceSet some) =>
    [
        .. agent.Offers.ToImmutableArray().Where(id => !offers[id].Offer.Resources.Intersect(some).IsEmpty)
            .Select(id => End(id, null)).OfType<OpenOffer>(),
    ];

    /// <summary>Ends all offers of a framework; returns them in the order of their ids.</summary>
    public ImmutableArray<OpenOffer> EndOffersOf(FrameworkId id) => frameworks.TryGetValue(id, out var ledger)
        ? [.. ledger.Offers.ToImmutableArray().Select(offer => End(offer, null)).OfType<OpenOffer>()]
        : [];

    /// <summary>
    /// The agent is gone from here: unreachable, gone, or disconnected. Its offers must have ended.
    /// </summary>
    public ImmutableArray<TaskAllocation> Close(AgentId id)
    {
        if (!agents.Remove(id, out var agent))
        {
            return [];
        }

        foreach (var task in agent.Tasks)
        {
            Ledger(task.FrameworkId).Tasks.Remove((agent.Id, task.TaskId));
        }

        return [.. agent.Tasks];
    }

    /// <summary>A task came to use resources.</summary>
    public void Put(AgentLedger agent, TaskAllocation task)
    {
        agent.Put(task);
        Ledger(task.FrameworkId).Tasks.Add((agent.Id, task.TaskId));
    }

    /// <summary>A task's entity or agent confirmed that it exists.</summary>
    public void Confirm(AgentId agentId, FrameworkId framework, TaskId taskId)
    {
        if (Find(agentId) is { } agent && agent.Find(framework, taskId) is { Confirmed: false } task)
        {
            agent.Put(task with { Confirmed = true });
        }
    }

    /// <summary>A task ended; returns what it used, once.</summary>
    public Returned? Release(AgentId agentId, FrameworkId framework, TaskId taskId)
    {
        var agent = Find(agentId);
        agent?.NoteEnd(framework, taskId);
        if (agent?.Take(framework, taskId) is not { } task)
        {
            return null;
        }

        Ledger(framework).Tasks.Remove((agentId, taskId));
        return new Returned(framework, task.Role, agentId, task.Resources, null);
    }

    internal OpenOffer? End(OfferId id, FrameworkId? owner)
    {
        if (!offers.TryGetValue(id, out var offer) || (owner is { } framework && offer.FrameworkId != framework))
        {
            return null;
        }

        offers.Remove(id);
        agents[offer.Offer.AgentId].Remove(id);
        Ledger(offer.FrameworkId).Offers.Remove(id);
        return offer;
    }

    /// <summary>A framework is over, and none of its tasks is left.</summary>
    public void Forget(FrameworkId id) => frameworks.Remove(id);

    internal FrameworkLedger Ledger(FrameworkId id)
    {
        if (!frameworks.TryGetValue(id, out var ledger))
        {
            frameworks[id] = ledger = new FrameworkLedger();
        }

        return ledger;
    }
}
