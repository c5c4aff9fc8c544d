using System.Collections.Immutable;
using ClusterScheduler.Core.Allocation;

namespace ClusterScheduler.Master.Allocation;

/// <content>Planned maintenance, and the inverse offers that come of it.</content>
internal static partial class AllocatorProtocol
{
    /// <summary>An agent has this planned maintenance, or none, from now on; what was asked about it is void.</summary>
    internal sealed record SetUnavailability(AgentId AgentId, Unavailability? Unavailability)
        : INoSerializationVerificationNeeded;

    /// <summary>To the master: ask these frameworks to leave these agents.</summary>
    internal sealed record InverseAllocated(ImmutableArray<InverseGrant> Grants) : INoSerializationVerificationNeeded;

    /// <summary>One framework is to be asked about one agent.</summary>
    /// <param name="Session">The agent's session for which the allocator computed; else it is stale.</param>
    internal sealed record InverseGrant(InverseAllocation Allocation, AgentSession Session);

    /// <summary>A framework has answered, and need not be asked again for some time.</summary>
    internal sealed record RecoverInverse(FrameworkId FrameworkId, AgentId AgentId, TimeSpan RefuseFor)
        : INoSerializationVerificationNeeded;
}
