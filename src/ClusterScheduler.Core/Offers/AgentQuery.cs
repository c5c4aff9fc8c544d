using System.Collections.Immutable;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Offers;

/// <summary>A framework asks where something is free, to choose for a transaction.</summary>
/// <param name="QueryId">Fresh; names the answer.</param>
/// <param name="Role">One of the framework's roles.</param>
/// <param name="Least">Only agents where the role could take this much are shown; empty: any amount.</param>
/// <param name="After">Only agents whose ids come after this one: the last of the page before.</param>
public sealed record AgentQuery(Guid QueryId, string Role, ResourceSet Least, AgentId? After)
{
    /// <summary>The most agents that one page shows.</summary>
    public const int AgentsMax = 1_000;
}

/// <summary>Answers an <see cref="AgentQuery"/>.</summary>
/// <param name="QueryId">Of what was asked.</param>
/// <param name="Role">As asked.</param>
/// <param name="Agents">In the order of their ids; at most <see cref="AgentQuery.AgentsMax"/>.</param>
/// <param name="IsLast">False: there are more; ask again, after the last of these.</param>
public sealed record AgentPage(Guid QueryId, string Role, ImmutableArray<FreeAgent> Agents, bool IsLast);

/// <summary>An agent as a role may see it: only where its frameworks could be offered something.</summary>
/// <param name="AgentId">Its id.</param>
/// <param name="Hostname">Its machine's name.</param>
/// <param name="Attributes">Its machine's facts.</param>
/// <param name="Version">To be named by a transaction.</param>
/// <param name="Free">What the role could take of it now, if it took nothing elsewhere: reservations of others left
/// out, cut to quota.</param>
public sealed record FreeAgent(
    AgentId AgentId,
    string Hostname,
    ImmutableArray<AgentAttribute> Attributes,
    AgentVersion Version,
    ResourceSet Free)
{
    /// <summary>Where its machine stands; none: it says no region.</summary>
    public AgentDomain? Domain { get; init; }
}
