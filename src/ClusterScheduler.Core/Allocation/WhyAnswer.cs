using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Allocation;

/// <summary>Why a framework gets, or does not get, offers in a role, or the offer that a demand needs.</summary>
/// <param name="Framework">Who waits.</param>
/// <param name="Role">In which role.</param>
/// <param name="Demand">What it waits for; empty when any offer would do.</param>
/// <param name="Agents">Number of agents that were looked at.</param>
/// <param name="RuledOut">
/// By rule, how many agents it keeps away, whatever other rules say: an agent counts under each that does. Under
/// <see cref="OfferRule.None"/> agents that the next round can offer.
/// </param>
/// <param name="Nearest">The agents that come closest, best first, with the rules and what is short.</param>
/// <param name="Position">The place in the order at every level of the tree, top first.</param>
/// <param name="Quota">The roles on the path that have quota, top first.</param>
/// <param name="Filters">Its filters, those that end first, first; at most <see cref="ListedMax"/>.</param>
/// <param name="FilterCount">How many filters it has.</param>
public sealed record WhyAnswer(
    FrameworkId Framework,
    RoleName Role,
    ResourceSet Demand,
    int Agents,
    IReadOnlyDictionary<OfferRule, int> RuledOut,
    IReadOnlyList<NearAgent> Nearest,
    IReadOnlyList<OrderPosition> Position,
    IReadOnlyList<RoleView> Quota,
    IReadOnlyList<FilterView> Filters,
    int FilterCount)
{
    /// <summary>Most agents and filters that an answer lists.</summary>
    public const int ListedMax = 10;

    /// <summary>Of those that a rule keeps away, how many no rule that is asked earlier does.</summary>
    public required IReadOnlyDictionary<OfferRule, int> First { get; init; }

    /// <summary>Where headroom keeps agents away: for whom, by role; at most <see cref="ListedMax"/>.</summary>
    public IReadOnlyList<KeptView> KeptFor { get; init; } = [];
}

/// <summary>An agent that comes close.</summary>
/// <param name="Agent">Which.</param>
/// <param name="Rules">All rules that keep it away, in order; empty when the next round can offer it.</param>
/// <param name="Free">What is free there for the framework in the role, whatever the rules say.</param>
/// <param name="Offerable">What quota leaves of that.</param>
/// <param name="Missing">What the demand lacks of what is free.</param>
public sealed record NearAgent(
    AgentId Agent, IReadOnlyList<OfferRule> Rules, ResourceSet Free, ResourceSet Offerable, ResourceSet Missing)
{
    /// <summary>The first rule that keeps it away; None when the next round can offer it.</summary>
    public OfferRule Rule => Rules.Count > 0 ? Rules[0] : OfferRule.None;
}

/// <summary>Free resources that are kept for a role.</summary>
/// <param name="Role">Whose guarantee is unmet.</param>
/// <param name="Amounts">What it lacks.</param>
public sealed record KeptView(RoleName Role, ResourceSet Amounts);

/// <summary>A place among siblings.</summary>
/// <param name="Name">The role, or the framework at the end.</param>
/// <param name="Place">1 is served first; 0 when it is not in the order: inactive or suppressed.</param>
/// <param name="Of">Number of siblings in the order.</param>
/// <param name="WeightedShare">Its dominant share over its weight.</param>
public sealed record OrderPosition(string Name, int Place, int Of, double WeightedShare);

/// <summary>A filter of a framework.</summary>
/// <param name="Agent">Where.</param>
/// <param name="Refused">An offer of this much or less is not made.</param>
/// <param name="Until">When it ends.</param>
public sealed record FilterView(AgentId Agent, ResourceSet Refused, DateTimeOffset Until);
