using ClusterScheduler.Core.Preemption;
using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Protocol;

/// <content>Roles, their weights and their quota: what operators ask and change.</content>
public static partial class MasterProtocol
{
    /// <summary>
    /// Give roles weights, all or nothing; the other roles keep theirs. When a framework is subscribed to one of them
    /// or below, all offers are rescinded, so that shares are worked out anew. Answered with
    /// <see cref="WeightsUpdated"/> or <see cref="WeightsRefused"/>.
    /// </summary>
    public sealed record UpdateWeights(ImmutableArray<RoleWeight> Weights) : IWireMessage;

    /// <summary>The weights are stored and in force.</summary>
    public sealed record WeightsUpdated(ImmutableArray<RoleWeight> Weights) : IWireMessage;

    /// <summary>No weight was changed.</summary>
    /// <param name="Role">As it was named.</param>
    /// <param name="Weight">As it was asked for.</param>
    public sealed record WeightsRefused(WeightFault Fault, string Role, double Weight) : IWireMessage;

    /// <summary>All weights other than 1. Answered with <see cref="WeightList"/>.</summary>
    public sealed record ListWeights : IWireMessage;

    /// <summary>Weights in the order of the roles' names.</summary>
    public sealed record WeightList(ImmutableArray<RoleWeight> Weights) : IWireMessage;

    /// <summary>
    /// Change quota of roles, all or nothing; the other roles keep theirs, and one without amounts has none any more.
    /// Offers that stand in the way of the new quota are rescinded. Answered with <see cref="QuotaUpdated"/> or
    /// <see cref="QuotaRefused"/>.
    /// </summary>
    /// <param name="Force">Accept limits below consumption and guarantees above the capacity.</param>
    /// <param name="DryRun">Answer, and change nothing.</param>
    public sealed record UpdateQuota(ImmutableArray<QuotaConfig> Configs, bool Force, bool DryRun) : IWireMessage;

    /// <summary>The quota is stored and in force; after a dry run: it would be accepted.</summary>
    public sealed record QuotaUpdated(ImmutableArray<QuotaConfig> Configs, bool DryRun) : IWireMessage;

    /// <summary>No quota was changed.</summary>
    /// <param name="Role">The role it is about, as it was named.</param>
    /// <param name="Resource">The resource it is about; empty where none is.</param>
    /// <param name="Asked">The amount asked for, or a sum.</param>
    /// <param name="Bound">The amount that it breaks.</param>
    public sealed record QuotaRefused(QuotaFault Fault, string Role, string Resource, Scalar Asked, Scalar Bound)
        : IWireMessage;

    /// <summary>Quota of all roles that have some. Answered with <see cref="QuotaList"/>.</summary>
    public sealed record ListQuota : IWireMessage;

    /// <summary>Quota in the order of the roles' names.</summary>
    public sealed record QuotaList(ImmutableArray<QuotaConfig> Configs) : IWireMessage;

    /// <summary>All roles that anything is known of. Answered with <see cref="RoleList"/>.</summary>
    public sealed record ListRoles : IWireMessage;

    /// <summary>Roles in the order of their names.</summary>
    public sealed record RoleList(ImmutableArray<RoleSummary> Roles) : IWireMessage;

    /// <summary>
    /// Who loses what, or would, so that roles below their guarantees get them, and what has been done about it? The
    /// question changes nothing. Answered with <see cref="ReclaimPlanned"/>.
    /// </summary>
    public sealed record PlanReclaim : IWireMessage;

    /// <summary>The plan: never more than needed, and no role falls below its own guarantee.</summary>
    /// <param name="Steps">In the order in which tasks are asked back, or would be.</param>
    /// <param name="Missing">What no task can give.</param>
    public sealed record ReclaimPlanned(
        ImmutableArray<ReclaimedTask> Steps, ImmutableArray<MissingGuarantee> Missing) : IWireMessage
    {
        /// <summary>How far the operator lets it go; off: a dry run.</summary>
        public ReclaimMode Mode { get; init; }

        /// <summary>How long a role must wait before anybody is asked.</summary>
        public TimeSpan WaitLeast { get; init; }

        /// <summary>Roles that wait, in the order of their names.</summary>
        public ImmutableArray<WaitingRole> Waiting { get; init; } = [];

        /// <summary>The tasks that were killed last under this master, oldest first; at most 100.</summary>
        public ImmutableArray<KilledForRole> Killed { get; init; } = [];

        /// <summary>Agents awaited after a failover; while there are some nothing is taken back.</summary>
        public int AgentsAwaited { get; init; }
    }

    /// <summary>A task that would have to leave.</summary>
    /// <param name="For">The role that waits for its guarantee.</param>
    public sealed record ReclaimedTask(
        TaskId TaskId, FrameworkId FrameworkId, string Role, AgentId AgentId, ResourceSet Resources, string For)
    {
        /// <inheritdoc cref="TaskInfo.Priority"/>
        public int Priority { get; init; }

        /// <summary>What is done about it now.</summary>
        public ReclaimAction Action { get; init; }

        /// <summary>Until when its framework was asked to give it back; none when it is not asked.</summary>
        public DateTimeOffset? Until { get; init; }

        /// <summary>What its framework answered.</summary>
        public InverseVerdict Verdict { get; init; }
    }

    /// <summary>A role that waits for what it is guaranteed.</summary>
    /// <param name="Resources">What it lacks and what is free cannot serve.</param>
    /// <param name="Since">Since when; none while reclaiming is off.</param>
    public sealed record WaitingRole(string Role, ResourceSet Resources, DateTimeOffset? Since);

    /// <summary>A task that was killed for a role.</summary>
    /// <param name="For">The role that waited for its guarantee.</param>
    public sealed record KilledForRole(
        TaskId TaskId, FrameworkId FrameworkId, string Role, AgentId AgentId, ResourceSet Resources, string For,
        DateTimeOffset At);

    /// <summary>What a role would still lack.</summary>
    public sealed record MissingGuarantee(string Role, ResourceSet Resources);

    /// <summary>Answers <see cref="TaskProtocol.PreemptTask"/>: the task's end is stored and driven.</summary>
    public sealed record PreemptionNoted(FrameworkId FrameworkId, TaskId TaskId, AgentId AgentId) : IWireMessage;

    /// <summary>One role as the allocator sees it.</summary>
    /// <param name="DominantShare">Of what it and its sub-roles hold, before the weight: 0 to 1.</param>
    /// <param name="Allocated">What it and its sub-roles hold, offered or used.</param>
    /// <param name="Consumed">What counts against quota: reservations and use, not offers.</param>
    /// <param name="Offered">What counts against quota and is offered only.</param>
    /// <param name="Reserved">Reservations to it and its sub-roles, used or not.</param>
    /// <param name="Unmet">The part of its guarantee that is missing and not earmarked for sub-roles.</param>
    /// <param name="Frameworks">Those subscribed to this very role.</param>
    public sealed record RoleSummary(
        string Role,
        double Weight,
        double DominantShare,
        ResourceSet Allocated,
        ResourceSet Consumed,
        ResourceSet Offered,
        ResourceSet Reserved,
        QuotaConfig Quota,
        ResourceSet Unmet,
        ImmutableArray<FrameworkId> Frameworks);
}
