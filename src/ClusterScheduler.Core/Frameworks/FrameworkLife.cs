using System.Collections.Immutable;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Reservations;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Frameworks;

/// <summary>The durable life of one framework, as its entity knows it.</summary>
public abstract record FrameworkLife
{
    private FrameworkLife()
    {
    }

    /// <summary>Before its first subscription.</summary>
    public static FrameworkLife Initial { get; } = new Unheard();

    /// <summary>No scheduler ever subscribed under this id.</summary>
    public sealed record Unheard : FrameworkLife;

    /// <summary>Subscribed at least once and not removed.</summary>
    /// <param name="Info">What it said of itself last.</param>
    /// <param name="NextAcceptId">Counts its accepts over all its life, from 1.</param>
    /// <param name="Intents">Accepts not yet carried out to the end, by accept id.</param>
    /// <param name="Tasks">Tasks that were granted and are not known to have ended.</param>
    /// <param name="Undelivered">Updates of tasks that never came to a task entity, until the scheduler took
    /// them.</param>
    public sealed record Active(
        FrameworkInfo Info,
        long NextAcceptId,
        ImmutableSortedDictionary<long, AcceptIntent> Intents,
        ImmutableDictionary<TaskId, FrameworkTask> Tasks,
        ImmutableSortedDictionary<TaskId, StatusUpdate> Undelivered) : FrameworkLife
    {
        /// <summary>All accepts below this are carried out; the master need not keep their answers.</summary>
        public long ConfirmedUpTo => Intents.IsEmpty ? NextAcceptId - 1 : Intents.Keys.First() - 1;
    }

    /// <summary>Torn down, or its failover timeout ran out. Its id is used up.</summary>
    public sealed record Removed(
        string Why, ImmutableDictionary<TaskId, FrameworkTask> Tasks) : FrameworkLife;
}

/// <summary>An accept that was stored before it was sent, and lives until its tasks are staged.</summary>
/// <param name="Epoch">The master whose offers it uses.</param>
/// <param name="Grant">The master's answer; none while it is awaited.</param>
public sealed record AcceptIntent(
    long AcceptId,
    MasterEpoch Epoch,
    ImmutableArray<OfferId> OfferIds,
    ImmutableArray<TaskInfo> Launches,
    OfferFilters Filters,
    LaunchGrant? Grant)
{
    /// <summary>Carried out in order, before the launches.</summary>
    public ImmutableArray<ResourceOperation> Operations { get; init; } = [];

    /// <summary>What it asks for, where it is a transaction; none for an accept of offers.</summary>
    public Transaction? Transaction { get; init; }

    /// <summary>The other agents of a transaction that was granted.</summary>
    public ImmutableArray<LaunchGrant> Further { get; init; } = [];

    /// <summary>All that was granted, agent by agent.</summary>
    public ImmutableArray<LaunchGrant> AllGrants() => Grant is null ? [] : [Grant, .. Further];
}

/// <summary>What the master granted to one accept.</summary>
/// <param name="AgentId">Where.</param>
/// <param name="Session">The agent's session at that moment.</param>
/// <param name="Role">Whose resources.</param>
/// <param name="TaskIds">Which of the launches; the others were dropped.</param>
public sealed record LaunchGrant(
    AgentId AgentId, AgentSession Session, string Role, ImmutableArray<TaskId> TaskIds);

/// <summary>A task in its framework's index.</summary>
/// <param name="Priority">See <see cref="TaskInfo.Priority"/>.</param>
public sealed record FrameworkTask(string Name, AgentId AgentId, ResourceSet Resources, int Priority);
