using System.Collections.Immutable;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Maintenance;
using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Reservations;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Registry;

/// <summary>What changes the registry.</summary>
public abstract record RegistryCommand
{
    private RegistryCommand()
    {
    }

    /// <summary>This master takes office.</summary>
    /// <param name="FreshClusterId">Used by the first master of all.</param>
    /// <param name="After">A master of this epoch was heard of, though none is stored: what is stored is older, as
    /// when a backup was put back. At most <see cref="EpochsAheadMax"/> later than the latest that is stored.</param>
    public sealed record TakeOffice(string FreshClusterId, MasterEpoch After = default) : RegistryCommand
    {
        /// <summary>More than a cluster has in its life: one a second for eleven days. A later epoch than that was
        /// never one of this cluster.</summary>
        public const int EpochsAheadMax = 1_000_000;

        /// <summary>Whether a master of the one epoch can have followed on the other.</summary>
        /// <param name="heardOf">What somebody says it has heard of.</param>
        /// <param name="stored">The latest that is stored.</param>
        public static bool CanFollow(MasterEpoch heardOf, MasterEpoch stored) =>
            heardOf > stored && heardOf.Value - stored.Value <= EpochsAheadMax;
    }

    /// <summary>An agent wants in, or back in.</summary>
    /// <param name="AgentId">None at its first registration.</param>
    /// <param name="Incarnation">One start of its process: a first registration that is repeated gets one id.</param>
    public sealed record AdmitAgent(AgentId? AgentId, AgentInfo Info, Guid Incarnation) : RegistryCommand;

    /// <summary>An agent missed its pings.</summary>
    public sealed record MarkUnreachable(AgentId AgentId) : RegistryCommand;

    /// <summary>An operator says that an agent will not come back.</summary>
    public sealed record MarkGone(AgentId AgentId) : RegistryCommand;

    /// <summary>Every framework has noted how these agents stand.</summary>
    public sealed record NoteAnnounced(ImmutableArray<AnnouncedAgent> Agents) : RegistryCommand;

    /// <summary>Forget who is away for long, and frameworks that ended.</summary>
    /// <param name="AgentAgeMax">Since an agent is away (Mesos: registry_max_agent_age).</param>
    /// <param name="AgentsMax">Away agents that are kept (Mesos: registry_max_agent_count).</param>
    /// <param name="FrameworksMax">Ended frameworks that are kept (Mesos: max_completed_frameworks).</param>
    /// <param name="Busy">Frameworks that still have tasks; they are kept.</param>
    public sealed record Prune(
        TimeSpan AgentAgeMax, int AgentsMax, int FrameworksMax, ImmutableSortedSet<FrameworkId> Busy)
        : RegistryCommand;

    /// <summary>A framework wants in, or back in.</summary>
    public sealed record AdmitFramework(FrameworkId FrameworkId, FrameworkInfo Info) : RegistryCommand;

    /// <summary>A framework ends.</summary>
    public sealed record RemoveFramework(FrameworkId FrameworkId, string Why) : RegistryCommand;

    /// <summary>An operator gives roles weights.</summary>
    public sealed record SetWeights(ImmutableArray<RoleWeight> Weights) : RegistryCommand;

    /// <summary>An operator changes quota, all or nothing.</summary>
    /// <param name="Changes">At most one for a role; one without guarantees and limits takes quota away.</param>
    /// <param name="Accounts">What the rules compare with.</param>
    /// <param name="Force">Consumption and capacity are overridden.</param>
    /// <param name="DryRun">Only the answer is wanted; nothing is stored.</param>
    public sealed record SetQuota(
        ImmutableArray<RoleQuota> Changes, QuotaAccounts Accounts, bool Force, bool DryRun) : RegistryCommand;

    /// <summary>An operator plans maintenance: the schedule, whole.</summary>
    /// <param name="Windows">All of them.</param>
    /// <param name="Version">Of the schedule that this is made from; none: whichever there is.</param>
    public sealed record ScheduleMaintenance(
        ImmutableArray<MaintenanceWindow> Windows, string? Version = null) : RegistryCommand;

    /// <summary>An operator takes scheduled machines down.</summary>
    public sealed record StartMaintenance(ImmutableArray<string> Machines) : RegistryCommand;

    /// <summary>An operator brings machines that are down up.</summary>
    public sealed record StopMaintenance(ImmutableArray<string> Machines) : RegistryCommand;

    /// <summary>Operations made other resources of an agent's.</summary>
    public sealed record ConvertResources(AgentId AgentId, ImmutableArray<ResourceConversion> Conversions)
        : RegistryCommand;
}

/// <summary>What the registry answers.</summary>
public abstract record RegistryReply
{
    private RegistryReply()
    {
    }

    /// <summary>In office under this epoch.</summary>
    public sealed record InOffice(MasterEpoch Epoch) : RegistryReply;

    /// <summary>The agent is in, under this id.</summary>
    /// <param name="WasUnreachable">It was declared unreachable before.</param>
    public sealed record AgentIn(AgentId AgentId, bool WasUnreachable) : RegistryReply;

    /// <summary>The agent stays out.</summary>
    public sealed record AgentRefused(AgentAdmissionRefusal Refusal, string Message) : RegistryReply;

    /// <summary>The standing of the agent is stored.</summary>
    public sealed record AgentMarked(AgentId AgentId) : RegistryReply;

    /// <summary>No agent of this id, or already so.</summary>
    public sealed record NothingToMark(AgentId AgentId) : RegistryReply;

    /// <summary>What was long away is forgotten, as far as it can be.</summary>
    /// <param name="DeclaredGone">Agents that were only out of reach until now.</param>
    public sealed record Pruned(ImmutableArray<AgentId> DeclaredGone) : RegistryReply;

    /// <summary>The framework is in.</summary>
    public sealed record FrameworkIn : RegistryReply;

    /// <summary>The framework stays out.</summary>
    public sealed record FrameworkRefused(string Message) : RegistryReply;

    /// <summary>The framework is out, now or already before.</summary>
    public sealed record FrameworkOut : RegistryReply;

    /// <summary>The weights are so, now or already before.</summary>
    public sealed record WeightsAre : RegistryReply;

    /// <summary>No weight was changed.</summary>
    public sealed record WeightsRefused(WeightRefusal Refusal) : RegistryReply;

    /// <summary>Quota is so, now or already before; or could be so, in a dry run.</summary>
    public sealed record QuotaIs : RegistryReply;

    /// <summary>The agent's resources are so.</summary>
    public sealed record ResourcesConverted : RegistryReply;

    /// <summary>The agent's resources stay as they are.</summary>
    public sealed record ConversionRefused(OperationRefusal Refusal) : RegistryReply;

    /// <summary>Maintenance is so, now or already before.</summary>
    public sealed record MaintenanceIs : RegistryReply;

    /// <summary>Nothing about maintenance was changed.</summary>
    public sealed record MaintenanceRefused(MaintenanceRefusal Refusal) : RegistryReply;

    /// <summary>No quota was changed.</summary>
    public sealed record QuotaRefused(QuotaRefusal Refusal) : RegistryReply;
}

/// <summary>A standing of an agent that every framework has noted.</summary>
/// <param name="Since">Names the standing: since when the agent stands so.</param>
public readonly record struct AnnouncedAgent(AgentId AgentId, DateTimeOffset Since);

/// <summary>Why an agent is not admitted.</summary>
public enum AgentAdmissionRefusal
{
    /// <summary>Declared gone by an operator.</summary>
    MarkedGone,

    /// <summary>The id was not given out by this cluster.</summary>
    UnknownId,

    /// <summary>Its description breaks a rule.</summary>
    InvalidInfo,

    /// <summary>Its machine is down for maintenance; it may come when that is over.</summary>
    DownForMaintenance,
}
