using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Allocation;

/// <summary>Weights, and what changes of quota accounts mean for the next round.</summary>
public sealed partial class Allocator
{
    /// <summary>Sets the weight of a role, 1 by default. A role of twice the weight is due twice the share.</summary>
    /// <param name="role">Any role; nobody need be subscribed to it.</param>
    /// <param name="weight">Finite and above zero.</param>
    /// <returns>Null, or WeightNotPositive.</returns>
    public AllocatorRefusal? SetWeight(RoleName role, double weight)
    {
        if (!double.IsFinite(weight) || weight <= 0)
        {
            return Refuse(AllocatorFault.WeightNotPositive, role: role);
        }

        tree.SetWeight(tree.Ensure(role), weight);
        return null;
    }

    private void LoosenIfQuota()
    {
        if (tree.HasQuota)
        {
            dirty.MarkAll();
        }
    }

    private void LoosenIfGuaranteed()
    {
        if (tree.HasGuarantees)
        {
            dirty.MarkAll();
        }
    }

    /// <summary>
    /// Something of the client was given back: who is limited with it, or waits for headroom, may get more.
    /// </summary>
    private void LoosenFor(ClientState client)
    {
        if (tree.HasQuota)
        {
            dirty.MarkAll();
        }
    }
}
