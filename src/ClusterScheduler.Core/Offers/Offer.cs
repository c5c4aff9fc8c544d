using System.Collections.Immutable;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Offers;

/// <summary>Resources of one agent, held for one framework in one role until it answers (Mesos: Offer).</summary>
/// <param name="Id">Used at most once (I3).</param>
/// <param name="AgentId">Where they are.</param>
/// <param name="Hostname">That machine's name.</param>
/// <param name="Attributes">That machine's facts.</param>
/// <param name="Role">In which of the framework's roles they are offered.</param>
/// <param name="Resources">What is offered; never empty.</param>
public sealed record Offer(
    OfferId Id,
    AgentId AgentId,
    string Hostname,
    ImmutableArray<AgentAttribute> Attributes,
    string Role,
    ResourceSet Resources)
{
    /// <summary>Where that machine stands; none: its agent says no region.</summary>
    public AgentDomain? Domain { get; init; }

    /// <summary>When the agent is planned to be away; none: no maintenance is planned.</summary>
    public Unavailability? Unavailability { get; init; }
}

/// <summary>How long what is refused need not be offered again (Mesos: Filters).</summary>
/// <param name="RefuseFor">Zero: no filter. Capped at 365 days. Negative values are the sender's error.</param>
public readonly record struct OfferFilters(TimeSpan RefuseFor)
{
    /// <summary>Mesos' default, 5 s.</summary>
    public static OfferFilters Default => new(TimeSpan.FromSeconds(5));

    /// <summary>The longest that counts.</summary>
    public static TimeSpan Longest => TimeSpan.FromDays(365);
}
