using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Allocation;

/// <summary>Weights, and what changes of quota accounts mean for the next round.</summary>
public sealed partial class Allocator
{
    /// <summary>Sets the weight of a role, 1 by default. A role of twice the weight is due twice the share.</summary>
    /// <param name="role">Any role; nobody need be subscribed to it.</param>
    /// <param name="weight">From <see cref="RoleWeight.Least"/> to <see cref="RoleWeight.Most"/>.</param>
    /// <returns>Null, or WeightNotPositive (also for NaN and infinity), WeightOutOfRange.</returns>
    public AllocatorRefusal? SetWeight(RoleName role, double weight)
    {
        if (!double.IsFinite(weight) || weight <= 0)
        {
            return Refuse(AllocatorFault.WeightNotPositive, role: role);
        }

        if (weight is < RoleWeight.Least or > RoleWeight.Most)
        {
            return Refuse(AllocatorFault.WeightOutOfRange, role: role);
        }

        tree.SetWeight(tree.Ensure(role), weight);
        return null;
    }

    /// <summary>
    /// What the accounts of a role say has changed: whoever shares a limit or a guarantee with it may get more.
    /// </summary>
    private void LoosenAround(RoleNode role)
    {
        if (tree.HasQuota && RoleTree.TopmostQuota(role) is { } top)
        {
            MarkSubtree(top);
        }
    }

    private void LoosenAround(in ResourceSet reserved)
    {
        foreach (var item in tree.HasQuota ? reserved.Rest ?? [] : [])
        {
            if (!item.Key.IsUnreserved && tree.Find(item.Key.Reservations.Role) is { } role)
            {
                LoosenAround(role);
            }
        }
    }

    /// <summary>What is free beyond the needs of guarantees; taken before something is given back.</summary>
    private Quantities Headroom() =>
        tree.HasGuarantees ? (available - tree.RequiredHeadroom).ClampToZero() : Quantities.Zero;

    /// <summary>
    /// Something of the client was given back, so others may get more than before: whoever shares a limit or a
    /// guarantee with it, and everyone if there is more headroom while guarantees are unmet.
    /// </summary>
    private void LoosenFor(ClientState client, in Quantities headroomBefore)
    {
        if (tree.HasGuarantees && !tree.RequiredHeadroom.IsZero && (Headroom() - headroomBefore).AnyPositive)
        {
            dirty.MarkAll();
            return;
        }

        LoosenAround(client.Leaf.Role);
    }

    // While all guarantees are met nobody is kept from anything by them, so that no headroom is more than before.
    private Quantities HeadroomIfScarce() =>
        tree.HasGuarantees && !tree.RequiredHeadroom.IsZero ? Headroom() : Quantities.NoLimit;

    /// <summary>
    /// An agent came, changed or went. Others may get more than before where guarantees leave more free, and where
    /// something is no longer reserved, which frees room within limits. A change of what is revocable does neither.
    /// </summary>
    private void LoosenForAgent(in Quantities headroomBefore, bool isLessReserved)
    {
        if ((isLessReserved && tree.HasQuota) || (Headroom() - headroomBefore).AnyPositive)
        {
            dirty.MarkAll();
        }
    }

    private void MarkSubtree(RoleNode node)
    {
        foreach (var child in node.Children.Values)
        {
            MarkSubtree(child);
        }

        var clients = node.Leaf.Clients;
        for (var page = 0; page < clients.PageCount; page++)
        {
            foreach (ref readonly var entry in clients[page])
            {
                dirty.Mark((ClientState)clients[entry]);
            }
        }
    }
}
