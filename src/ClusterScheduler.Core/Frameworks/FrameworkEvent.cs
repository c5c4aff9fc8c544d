using System.Collections.Immutable;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Decisions;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Reservations;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Frameworks;

/// <summary>What is stored of a framework.</summary>
public abstract record FrameworkEvent(DateTimeOffset At) : IStoredEvent
{
    /// <summary>A scheduler subscribed for the first time, or with a changed description.</summary>
    public sealed record Subscribed(FrameworkInfo Info, DateTimeOffset At) : FrameworkEvent(At);

    /// <summary>The scheduler accepted offers; the master has not been told yet.</summary>
    /// <param name="Invalid">Launches refused before the master was asked.</param>
    public sealed record IntentStored(
        long AcceptId,
        MasterEpoch Epoch,
        ImmutableArray<OfferId> OfferIds,
        ImmutableArray<TaskInfo> Launches,
        OfferFilters Filters,
        ImmutableArray<StatusUpdate> Invalid,
        DateTimeOffset At) : FrameworkEvent(At)
    {
        /// <summary>Carried out in order, before the launches.</summary>
        public ImmutableArray<ResourceOperation> Operations { get; init; } = [];

        /// <summary>What it asks for, where it is a transaction; none for an accept of offers.</summary>
        public Transaction? Transaction { get; init; }
    }

    /// <summary>The master answered.</summary>
    /// <param name="Grant">None when it granted nothing.</param>
    /// <param name="Dropped">One update for each launch that it did not grant.</param>
    public sealed record IntentAnswered(
        long AcceptId, LaunchGrant? Grant, ImmutableArray<StatusUpdate> Dropped, DateTimeOffset At)
        : FrameworkEvent(At)
    {
        /// <summary>The other agents of a transaction that was granted.</summary>
        public ImmutableArray<LaunchGrant> Further { get; init; } = [];
    }

    /// <summary>All its granted tasks are staged.</summary>
    public sealed record IntentClosed(long AcceptId, DateTimeOffset At) : FrameworkEvent(At);

    /// <summary>The scheduler took the last update of these tasks.</summary>
    public sealed record TasksEnded(ImmutableArray<TaskId> TaskIds, DateTimeOffset At) : FrameworkEvent(At);

    /// <summary>The framework is over.</summary>
    public sealed record Removed(string Why, DateTimeOffset At) : FrameworkEvent(At);
}
