using System.Collections.Immutable;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Reservations;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Frameworks;

/// <summary>What changes the durable life of a framework.</summary>
public abstract record FrameworkCommand
{
    private FrameworkCommand()
    {
    }

    /// <summary>A scheduler connects.</summary>
    public sealed record Subscribe(FrameworkInfo Info) : FrameworkCommand;

    /// <summary>The scheduler uses offers.</summary>
    /// <param name="UpdateIds">Fresh ids, one a launch, for updates about launches that are refused.</param>
    public sealed record Accept(
        MasterEpoch Epoch,
        ImmutableArray<OfferId> OfferIds,
        ImmutableArray<TaskInfo> Launches,
        OfferFilters Filters,
        ImmutableArray<Guid> UpdateIds) : FrameworkCommand
    {
        /// <summary>Carried out in order, before the launches.</summary>
        public ImmutableArray<ResourceOperation> Operations { get; init; } = [];

        /// <summary>What is asked for, where it is a transaction: one task that is wrong drops all.</summary>
        public Transaction? Transaction { get; init; }
    }

    /// <summary>The master answered an accept.</summary>
    public sealed record TakeAnswer(long AcceptId, LaunchGrant? Grant, ImmutableArray<StatusUpdate> Dropped)
        : FrameworkCommand
    {
        /// <summary>The other agents of a transaction that was granted.</summary>
        public ImmutableArray<LaunchGrant> Further { get; init; } = [];
    }

    /// <summary>All granted tasks of an accept are staged.</summary>
    public sealed record CloseIntent(long AcceptId) : FrameworkCommand;

    /// <summary>The scheduler took the last update of these tasks.</summary>
    public sealed record EndTasks(ImmutableArray<TaskId> TaskIds) : FrameworkCommand;

    /// <summary>The framework is over.</summary>
    public sealed record Remove(string Why) : FrameworkCommand;
}

/// <summary>What a framework's entity answers to a command.</summary>
public abstract record FrameworkReply
{
    private FrameworkReply()
    {
    }

    /// <summary>The subscription is stored.</summary>
    public sealed record Subscribed : FrameworkReply;

    /// <summary>The id is used up.</summary>
    public sealed record AlreadyRemoved(string Why) : FrameworkReply;

    /// <summary>The description breaks a rule.</summary>
    public sealed record InvalidInfo(string Message) : FrameworkReply;

    /// <summary>A task of a transaction is wrong; all its tasks are dropped.</summary>
    public sealed record TransactionRefused(TransactionRefusal Refusal) : FrameworkReply;
}
