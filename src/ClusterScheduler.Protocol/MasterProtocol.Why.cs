using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Protocol;

/// <content>Why offers are made or not: answered by the allocator, between rounds, with what it decides by.</content>
public static partial class MasterProtocol
{
    /// <summary>
    /// Why does this framework get no offers, or none that holds the demand? Answered with
    /// <see cref="FrameworkExplained"/> or <see cref="WhyRefused"/>.
    /// </summary>
    /// <param name="Role">One of its roles; empty: all of them.</param>
    /// <param name="Demand">What a task needs; empty: any offer.</param>
    public sealed record WhyFramework(FrameworkId FrameworkId, string Role, ResourceSet Demand) : IWireMessage
    {
        /// <summary>
        /// What is asked about beside the demand, in the same question: in each of the roles where none is said, and at
        /// most <see cref="ResourceRequest.RequestsMax"/>.
        /// </summary>
        public ImmutableArray<ResourceRequest> Demands { get; init; } = [];
    }

    /// <summary>The framework's standing in its roles.</summary>
    /// <param name="Roles">
    /// By role: about the demand, about what the framework said that it waits for where no demand is said, and about
    /// the other demands; each once.
    /// </param>
    /// <param name="HeldBackUntil">
    /// After a failover nothing is offered before most agents are back, or until then; none otherwise.
    /// </param>
    public sealed record FrameworkExplained(
        FrameworkId FrameworkId, ImmutableArray<RoleWhy> Roles, DateTimeOffset? HeldBackUntil) : IWireMessage;

    /// <summary>The framework's standing in one role.</summary>
    /// <param name="Demand">What was asked about; empty: any offer.</param>
    /// <param name="Agents">Number of agents.</param>
    /// <param name="RuledOut">
    /// How many agents each rule keeps away, in the order in which rules are asked. An agent counts under each rule
    /// that does.
    /// </param>
    /// <param name="Nearest">The agents that come closest, best first; at most ten.</param>
    /// <param name="Position">The place in the order at every level of the roles, top first.</param>
    /// <param name="Quota">Roles on the path that have quota, top first; without their frameworks.</param>
    /// <param name="Filters">The filters that end first; at most ten.</param>
    /// <param name="FilterCount">How many filters it has.</param>
    public sealed record RoleWhy(
        string Role,
        ResourceSet Demand,
        int Agents,
        ImmutableArray<RuleCount> RuledOut,
        ImmutableArray<NearestAgent> Nearest,
        ImmutableArray<OrderPosition> Position,
        ImmutableArray<RoleSummary> Quota,
        ImmutableArray<FilterView> Filters,
        int FilterCount)
    {
        /// <summary>Where what is free is kept for guarantees of other roles: of which; at most ten.</summary>
        public ImmutableArray<KeptForRole> KeptFor { get; init; } = [];
    }

    /// <summary>Free resources that are kept for a role: what it lacks to its guarantee.</summary>
    public sealed record KeptForRole(string Role, ResourceSet Amounts);

    /// <summary>How many agents a rule keeps away; None: agents that the next round can offer.</summary>
    public sealed record RuleCount(OfferRule Rule, int Agents)
    {
        /// <summary>How many of them no rule that is asked earlier keeps away.</summary>
        public int First { get; init; }
    }

    /// <summary>An agent that comes close.</summary>
    /// <param name="Rule">The first rule that keeps it away; None when the next round can offer it.</param>
    /// <param name="Offerable">What quota leaves of what is free there for the role.</param>
    /// <param name="Missing">What the demand lacks of what is free there for the role.</param>
    public sealed record NearestAgent(
        AgentId AgentId, string Hostname, OfferRule Rule, ResourceSet Offerable, ResourceSet Missing)
    {
        /// <summary>All rules that keep it away, in order.</summary>
        public ImmutableArray<OfferRule> Rules { get; init; } = [];

        /// <summary>What is free there for the role, whatever the rules say.</summary>
        public ResourceSet Free { get; init; }
    }

    /// <summary>
    /// Why has this role what it has? Answered with <see cref="RoleExplained"/> or <see cref="WhyRefused"/>.
    /// </summary>
    public sealed record WhyRole(string Role) : IWireMessage;

    /// <summary>The role's standing.</summary>
    /// <param name="Position">Its place at every level, top first.</param>
    /// <param name="Quota">Roles on the path that have quota, top first.</param>
    /// <param name="MayStillGet">The most unreserved resources that quota and headroom leave it now.</param>
    /// <param name="Frameworks">
    /// In the order in which they are served; those that wait for nothing last. At most
    /// <see cref="WhyRoleAnswer.FrameworksMax"/>.
    /// </param>
    public sealed record RoleExplained(
        RoleSummary Role,
        ImmutableArray<OrderPosition> Position,
        ImmutableArray<RoleSummary> Quota,
        ResourceSet MayStillGet,
        ImmutableArray<RoleMember> Frameworks) : IWireMessage
    {
        /// <summary>How many frameworks there are in the role.</summary>
        public int FrameworkCount { get; init; }
    }

    /// <summary>A framework in a role.</summary>
    /// <param name="Waits">Connected, subscribed and not suppressed.</param>
    /// <param name="DominantShare">Of what it holds in the role, 0 to 1.</param>
    /// <param name="Allocated">What it holds there, offered or used.</param>
    /// <param name="Allocations">How often it was served.</param>
    public sealed record RoleMember(
        FrameworkId FrameworkId, bool Waits, double DominantShare, ResourceSet Allocated, long Allocations);

    /// <summary>There is nothing to explain.</summary>
    /// <param name="Subject">What was asked about.</param>
    public sealed record WhyRefused(WhyFault Fault, string Subject) : IWireMessage;

    /// <summary>Why there is nothing to explain.</summary>
    public enum WhyFault
    {
        /// <summary>No framework of this id has registered with this master.</summary>
        UnknownFramework,

        /// <summary>The framework is not in this role.</summary>
        NotInRole,

        /// <summary>Nothing is known of the role, or the text is no role name.</summary>
        UnknownRole,
    }
}
