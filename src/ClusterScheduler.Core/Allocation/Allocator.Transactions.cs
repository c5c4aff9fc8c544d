using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Allocation;

/// <summary>
/// Optimistic transactions beside offers: a framework that looked at the agents takes what it wants on several
/// at once,
/// all or nothing. The rules are those of offers, but for filters, least sizes and turn: it does not wait to be
/// served.
/// </summary>
public sealed partial class Allocator
{
    /// <summary>Takes all claims as used resources, or none.</summary>
    /// <param name="framework">Active, and subscribed to the role.</param>
    /// <param name="role">In which role; its quota and reservations count.</param>
    /// <param name="claims">At least one; a gang is one transaction.</param>
    /// <returns>
    /// Null, or EmptyTransaction, UnknownFramework, NotSubscribed, FrameworkInactive, DoubleAgent, NegativeAmount,
    /// UnknownAgent, AgentRuledOut (with the rule), VersionConflict (with the version now), NotOfferableToRole,
    /// NotFree, QuotaExceeded.
    /// </returns>
    public AllocatorRefusal? Commit(FrameworkId framework, RoleName role, IReadOnlyList<AgentClaim> claims)
    {
        ArgumentNullException.ThrowIfNull(claims);
        if (claims.Count == 0)
        {
            return Refuse(AllocatorFault.EmptyTransaction, framework: framework, role: role);
        }

        if (!TryFindClient(framework, role, out var client, out var refusal))
        {
            return refusal;
        }

        refusal = !client.IsSubscribed ? Refuse(AllocatorFault.NotSubscribed, framework: framework, role: role)
            : !client.Framework.IsActive
                ? Refuse(AllocatorFault.FrameworkInactive, framework: framework, role: role)
                : CheckClaims(client, claims);
        if (refusal is not null)
        {
            return refusal;
        }

        RefreshShares();
        foreach (var claim in claims)
        {
            Use(client, agents.Find(claim.Agent)!, claim.Resources);
        }

        tree.CountAllocation(client);
        return null;
    }

    private AllocatorRefusal? CheckClaims(ClientState client, IReadOnlyList<AgentClaim> claims)
    {
        var seen = new HashSet<AgentId>();
        var charged = Quantities.Zero;
        foreach (var claim in claims)
        {
            var refusal = seen.Add(claim.Agent)
                ? CheckClaim(client, claim)
                : Refuse(AllocatorFault.DoubleAgent, claim.Agent);
            if (refusal is not null)
            {
                return refusal;
            }

            charged += names.Unreserved(claim.Resources);
        }

        var allowed = tree.Allowed(client.Leaf.Role, available);
        return allowed.Covers(charged)
            ? null
            : new AllocatorRefusal(
                AllocatorFault.QuotaExceeded,
                Framework: client.Framework.Profile.Id,
                Role: client.Leaf.Role.Role,
                Asked: names.ToResources(charged),
                Held: names.ToResources(Quantities.Min(allowed, available)));
    }

    private AllocatorRefusal? CheckClaim(ClientState client, AgentClaim claim)
    {
        var (id, version, resources) = claim;
        var framework = client.Framework;
        if (resources.AnyNegative)
        {
            return Refuse(AllocatorFault.NegativeAmount, id, framework.Profile.Id, client.Leaf.Role.Role);
        }

        if (agents.Find(id) is not { } agent)
        {
            return Refuse(AllocatorFault.UnknownAgent, id, framework.Profile.Id, client.Leaf.Role.Role);
        }

        var rule = agent.IsActive
            ? OfferRules.Admits(agent, client, Settings.FilterGpuResources)
            : OfferRule.AgentInactive;
        if (rule != OfferRule.None)
        {
            return NotHeld(AllocatorFault.AgentRuledOut, agent, client, resources, agent.Free) with { Rule = rule };
        }

        if (agent.Version != version)
        {
            return NotHeld(AllocatorFault.VersionConflict, agent, client, resources, agent.Free) with
            {
                Version = agent.Version,
            };
        }

        var role = client.Leaf.Role.Role;
        var isForRole = (resources.Rest ?? []).All(item =>
            OfferRules.IsForRole(item.Key, role) && OfferRules.IsUnderstood(item.Key, framework));
        if (!isForRole)
        {
            return NotHeld(AllocatorFault.NotOfferableToRole, agent, client, resources, agent.Free);
        }

        var alone = WithoutShared(resources);
        return !resources.IsEmpty && agent.Free.Contains(alone) && agent.Shared.Contains(resources.Shared)
            ? null
            : NotHeld(AllocatorFault.NotFree, agent, client, resources, agent.Free);
    }

    private void Use(ClientState client, AgentState agent, in ResourceSet resources)
    {
        ref var holding = ref agent.HoldingOf(client);
        holding.Used += resources;
        AskUsers(agent);
        agent.Free -= WithoutShared(resources);
        agent.Version++;
        FreeChanged(agent);
        Charge(client, resources, isOffered: false, sign: 1);
    }
}
