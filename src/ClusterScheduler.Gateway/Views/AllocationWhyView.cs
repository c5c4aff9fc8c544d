using ClusterScheduler.Core.Allocation;

namespace ClusterScheduler.Gateway.Views;

/// <summary>Why a framework gets what it gets.</summary>
/// <param name="HeldBackUntil">Nothing is offered until then, or until most agents are back.</param>
public sealed record FrameworkWhyView(
    string Id, string Name, DateTimeOffset? HeldBackUntil, ImmutableArray<AllocationWhyView> Roles)
{
    /// <summary>How many more demands its tasks wait for than are told.</summary>
    public int MoreDemands { get; init; }

    /// <summary>The service scheduler has not answered in time: what its tasks wait for is left out.</summary>
    public bool DemandsUnknown { get; init; }

    public static FrameworkWhyView Of(
        MasterProtocol.FrameworkExplained explained, string name, ServicesProtocol.DemandList? waiting) => new(
        explained.FrameworkId.Value,
        name,
        explained.HeldBackUntil,
        [
            .. explained.Roles.Select(why => AllocationWhyView.Of(why) with
            {
                WaitedForBy = waiting?.Demands.FirstOrDefault(
                    demand => demand.Role == why.Role && demand.Resources == why.Demand) is { } demand
                        ? new WaitingTasksView(
                            demand.Instances, [.. demand.Jobs.Select(static job => job.ToString())], demand.JobCount)
                        : null,
            }),
        ])
    {
        MoreDemands = waiting is null ? 0 : waiting.Count - waiting.Demands.Length,
    };
}

/// <summary>Who waits for a demand.</summary>
/// <param name="Instances">How many tasks.</param>
/// <param name="Jobs">Of which jobs, those that go first.</param>
/// <param name="JobCount">How many jobs those are.</param>
public sealed record WaitingTasksView(int Instances, ImmutableArray<string> Jobs, int JobCount);

/// <summary>A framework's standing in one role.</summary>
/// <param name="Demand">What was asked about; empty: any offer.</param>
/// <param name="Rules">How many agents each rule keeps away; an agent counts under each that does.</param>
/// <param name="Nearest">The agents that come closest, best first.</param>
/// <param name="Position">The place in the order at every level, top first.</param>
/// <param name="Quota">Roles on the path that have quota, top first.</param>
/// <param name="Filters">Those that end first.</param>
public sealed record AllocationWhyView(
    string Role,
    string Demand,
    int Agents,
    ImmutableArray<RuleView> Rules,
    ImmutableArray<NearAgentView> Nearest,
    ImmutableArray<PositionView> Position,
    ImmutableArray<RoleView> Quota,
    ImmutableArray<OfferFilterView> Filters,
    int FilterCount)
{
    /// <summary>Where what is free is kept for guarantees of other roles: of which.</summary>
    public ImmutableArray<KeptForView> KeptFor { get; init; } = [];

    /// <summary>The tasks of the service scheduler that wait for the demand; none where it was asked about.</summary>
    public WaitingTasksView? WaitedForBy { get; init; }

    public static AllocationWhyView Of(MasterProtocol.RoleWhy why) => new(
        why.Role,
        why.Demand.ToString(),
        why.Agents,
        [.. why.RuledOut.Select(static rule => new RuleView(
            Name(rule.Rule), rule.Agents, rule.First, Words(rule.Rule)))],
        [
            .. why.Nearest.Select(static near => new NearAgentView(
                near.AgentId.Value, near.Hostname, Name(near.Rule), near.Offerable.ToString(),
                near.Missing.ToString())
            {
                Rules = [.. near.Rules.Select(Name)],
                Free = near.Free.ToString(),
            }),
        ],
        [.. why.Position.Select(PositionView.Of)],
        [.. why.Quota.Select(RoleView.Of)],
        [
            .. why.Filters.Select(static filter => new OfferFilterView(
                filter.Agent.Value, filter.Refused.ToString(), filter.Until)),
        ],
        why.FilterCount)
    {
        KeptFor = [.. why.KeptFor.Select(static kept => new KeptForView(kept.Role, kept.Amounts.ToString()))],
    };

    private static string Words(OfferRule rule) => OfferRuleWords.Of(rule);

    private static string Name(OfferRule rule) =>
        char.ToLowerInvariant(rule.ToString()[0]) + rule.ToString()[1..];
}

/// <summary>A rule and how many agents it keeps away; none: agents that can be offered.</summary>
/// <param name="First">How many of them no rule that is asked earlier keeps away.</param>
/// <param name="Words">The rule, for people.</param>
public sealed record RuleView(string Rule, int Agents, int First, string Words);

/// <summary>An agent that comes close, and what is short there.</summary>
/// <param name="Rule">The first rule that keeps it away; none: it can be offered.</param>
/// <param name="Offerable">What quota leaves of what is free there.</param>
/// <param name="Missing">What the demand lacks of what is free there.</param>
public sealed record NearAgentView(string Id, string Hostname, string Rule, string Offerable, string Missing)
{
    /// <summary>All rules that keep it away, in the order in which they are asked.</summary>
    public ImmutableArray<string> Rules { get; init; } = [];

    /// <summary>What is free there for the role, whatever the rules say.</summary>
    public string Free { get; init; } = "";
}

/// <summary>What a role lacks to its guarantee, and is kept for it.</summary>
public sealed record KeptForView(string Role, string Amounts);

/// <summary>A place among siblings; 1 is served first, 0 waits for nothing.</summary>
public sealed record PositionView(string Name, int Place, int Siblings, double WeightedShare)
{
    public static PositionView Of(OrderPosition position) =>
        new(position.Name, position.Place, position.Of, position.WeightedShare);
}

/// <summary>An offer of so much or less of the agent is not made until then.</summary>
public sealed record OfferFilterView(string Agent, string Refused, DateTimeOffset Until);

/// <summary>Why a role has what it has.</summary>
/// <param name="MayStillGet">The most unreserved resources that quota and headroom leave it now.</param>
/// <param name="Frameworks">In the order in which they are served; the first of them where there are many.</param>
public sealed record RoleWhyView(
    RoleView Role,
    ImmutableArray<PositionView> Position,
    ImmutableArray<RoleView> Quota,
    string MayStillGet,
    ImmutableArray<RoleFrameworkView> Frameworks)
{
    /// <summary>How many frameworks there are in the role.</summary>
    public int FrameworkCount { get; init; }

    public static RoleWhyView Of(MasterProtocol.RoleExplained explained) => new(
        RoleView.Of(explained.Role),
        [.. explained.Position.Select(PositionView.Of)],
        [.. explained.Quota.Select(RoleView.Of)],
        explained.MayStillGet.ToString(),
        [
            .. explained.Frameworks.Select(static client => new RoleFrameworkView(
                client.FrameworkId.Value, client.Waits, client.DominantShare, client.Allocated.ToString(),
                client.Allocations)),
        ])
    {
        FrameworkCount = explained.FrameworkCount,
    };
}

/// <summary>A framework in a role.</summary>
/// <param name="Waits">It is connected and wants offers.</param>
/// <param name="Served">How often it got something.</param>
public sealed record RoleFrameworkView(string Id, bool Waits, double DominantShare, string Allocated, long Served);
