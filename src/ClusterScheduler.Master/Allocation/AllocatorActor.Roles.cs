using System.Collections.Immutable;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Master.Allocation;

/// <content>Roles: weights, quota, and what operators ask about them.</content>
internal sealed partial class AllocatorActor
{
    private DateTimeOffset agentsAwaitedUntil;

    private void RoleMessages()
    {
        Receive<AllocatorProtocol.SetWeights>(SetWeights);
        Receive<AllocatorProtocol.SetQuota>(SetQuota);
        Receive<AllocatorProtocol.WeighQuota>(weigh => Sender.Tell(new AllocatorProtocol.QuotaWeighed(
            new QuotaAccounts(
                allocator.Capacity,
                weigh.Changes.Select(static change => change.Role).Distinct().ToImmutableDictionary(
                    static role => role, role => allocator.ViewRole(role)?.Consumed ?? ResourceSet.Empty)),
            weigh.Changes.IsEmpty ? null : allocator.CheckQuota(weigh.Changes, force: true))));
        Receive<AllocatorProtocol.AwaitAgents>(await =>
        {
            agentsAwaitedUntil = await.Until;
            allocator.AwaitAgents(await.AgentsKnown, await.Until);
        });
        Receive<MasterProtocol.ListRoles>(_ => Sender.Tell(ListRoles()));
    }

    private void SetWeights(AllocatorProtocol.SetWeights set)
    {
        foreach (var weight in set.Weights)
        {
            Check(allocator.SetWeight(RoleName.Parse(weight.Role), weight.Weight));
        }

        Changed();
    }

    private void SetQuota(AllocatorProtocol.SetQuota set)
    {
        if (allocator.SetQuota(set.Changes, force: true, isStored: true) is { } refusal)
        {
            log.Error("the allocator refuses quota that the master has stored: {0}", refusal);
            return;
        }

        ImmutableArray<RecalledOffer> offers = [.. allocator.OffersAgainstQuota()];
        if (!offers.IsEmpty)
        {
            Context.Parent.Tell(new AllocatorProtocol.Recall(offers));
        }

        Changed();
    }

    /// <summary>The earliest moment at which a round could do more than now without anything being said.</summary>
    private DateTimeOffset? NextChange(DateTimeOffset now) =>
        Earlier(allocator.IsAwaitingAgents(now) ? agentsAwaitedUntil : allocator.NextChange, allocator.NextInverse);

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one < other ? one : other ?? one;

    private MasterProtocol.RoleList ListRoles()
    {
        var subscribed = frameworks.Values
            .SelectMany(static framework => framework.Roles.Select(role => (Role: role, framework.Id)))
            .ToLookup(static pair => pair.Role, static pair => pair.Id);
        return new MasterProtocol.RoleList(
            [.. allocator.ViewRoles().Select(role => Summary(role, [.. subscribed[role.Role].Order()]))]);
    }

    private static MasterProtocol.RoleSummary Summary(RoleView role, ImmutableArray<FrameworkId> subscribed) => new(
        role.Role.Value, role.Weight, role.DominantShare, role.Allocated, role.Consumed, role.Offered, role.Reserved,
        QuotaConfig.Of(role.Role, new Quota(
            role.Guarantee.Items.ToDictionary(static item => item.Key.Name, static item => item.Amount), role.Limit)),
        role.Unmet, subscribed);
}
