using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Preemption;

/// <summary>
/// Who waits for a guarantee, and who will when offers that stand in the way of one are taken back: tasks are taken for
/// what those do not cover.
/// </summary>
/// <param name="Waiting">The accounts of all roles, as they are.</param>
/// <param name="BeyondOffers">As they will be without the offers.</param>
/// <param name="Offers">Those in the way.</param>
public sealed record GuaranteeLook(
    IReadOnlyList<ReclaimRole> Waiting,
    IReadOnlyList<ReclaimRole> BeyondOffers,
    IReadOnlyList<RecalledOffer> Offers)
{
    /// <summary>Whether a role could take an offer of an agent, were so much more free there.</summary>
    public Func<RoleName, AgentId, ResourceSet, bool> Suits { get; init; } = static (_, _, _) => false;

    /// <summary>Looks at the accounts of the allocator; nobody waits while agents are awaited.</summary>
    public static GuaranteeLook At(Allocator allocator, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(allocator);
        var roles = allocator.ViewRoles();
        if (allocator.IsAwaitingAgents(now) || !roles.Any(static role => role.WantsOffers && !role.Unmet.IsEmpty))
        {
            return new GuaranteeLook([], [], []);
        }

        var offers = allocator.OffersAgainstQuota();
        var free = allocator.ViewFree();
        var waiting = ReclaimRoles.From(roles, free, allocator.Suits);
        if (offers.Count == 0)
        {
            return new GuaranteeLook(waiting, waiting, offers) { Suits = allocator.Suits };
        }

        var back = new Dictionary<AgentId, ResourceSet>();
        var byRole = new Dictionary<RoleName, ResourceSet>();
        foreach (var offer in offers)
        {
            var amounts = offer.Resources.Where(
                static item => item.Key is { Kind: ResourceKind.Scalar, IsPlain: true });
            back[offer.Agent] = back.GetValueOrDefault(offer.Agent) + amounts;
            free[offer.Agent] = free.GetValueOrDefault(offer.Agent) + amounts;
            for (RoleName? at = offer.Role; at is { } role; at = role.Parent)
            {
                byRole[role] = byRole.GetValueOrDefault(role) + amounts;
            }
        }

        RoleView[] beyond =
        [
            .. roles.Select(role => role with { Offered = role.Offered - byRole.GetValueOrDefault(role.Role) }),
        ];
        return new GuaranteeLook(waiting, ReclaimRoles.From(beyond, free, allocator.Suits), offers)
        {
            Suits = (role, agent, freed) => allocator.Suits(role, agent, freed + back.GetValueOrDefault(agent)),
        };
    }
}
