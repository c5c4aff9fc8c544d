using System.Collections.Immutable;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Master.Allocation;

/// <content>Weights and quota, which the master has stored.</content>
internal static partial class AllocatorProtocol
{
    /// <summary>These roles have these weights from now on.</summary>
    internal sealed record SetWeights(ImmutableArray<RoleWeight> Weights) : INoSerializationVerificationNeeded;

    /// <summary>
    /// These roles have this quota from now on. Offers in its way are said with <see cref="Recall"/>.
    /// </summary>
    internal sealed record SetQuota(ImmutableArray<RoleQuota> Changes) : INoSerializationVerificationNeeded;

    /// <summary>What a change of quota is to be compared with. Answered with <see cref="QuotaWeighed"/>.</summary>
    internal sealed record WeighQuota(ImmutableArray<RoleQuota> Changes) : INoSerializationVerificationNeeded;

    /// <summary>The accounts, or why the allocator could not hold such quota.</summary>
    internal sealed record QuotaWeighed(QuotaAccounts Accounts, QuotaRefusal? Refusal)
        : INoSerializationVerificationNeeded;

    /// <summary>
    /// While there is quota nothing is offered until most of so many agents are back, or the time has come.
    /// </summary>
    internal sealed record AwaitAgents(int AgentsKnown, DateTimeOffset Until)
        : INoSerializationVerificationNeeded;

    /// <summary>Explain a framework's standing, also for what it said that it waits for.</summary>
    internal sealed record Explain(MasterProtocol.WhyFramework Why, ImmutableArray<ResourceRequest> Requests)
        : INoSerializationVerificationNeeded;

    /// <summary>To the master: rescind these offers.</summary>
    /// <param name="MadeUntil">Only those made until then; without it all.</param>
    internal sealed record Recall(ImmutableArray<RecalledOffer> Offers, DateTimeOffset? MadeUntil = null)
        : INoSerializationVerificationNeeded;
}
