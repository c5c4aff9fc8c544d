using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Allocation;

/// <summary>
/// The quota accounts. Mesos has quota for top-level roles only; here every level has it. The slack of a role is the
/// part of its unmet guarantee that is not earmarked for guarantees of its sub-roles: any framework below may fill it.
/// What a role needs is its slack and what its sub-roles need, and never more than its limit leaves. What one
/// framework's role may fill is the sum of the slacks on its path: where a limit cuts, it bounds the role anyhow.
/// </summary>
internal sealed partial class RoleTree
{
    private int guarantees;
    private int limits;

    /// <summary>Whether any role has a guarantee.</summary>
    public bool HasGuarantees => guarantees > 0;

    /// <summary>Whether any role has a guarantee or a limit.</summary>
    public bool HasQuota => guarantees + limits > 0;

    /// <summary>Free resources that must be kept for unmet guarantees.</summary>
    public Quantities RequiredHeadroom => Root.ChildrenNeed;

    /// <summary>Sets what the role is guaranteed and limited to.</summary>
    public void SetQuota(RoleNode node, in Quantities guarantee, in Quantities limit, bool hasLimit, bool hasQuota)
    {
        guarantees += (guarantee.IsZero ? 0 : 1) - (node.Guarantee.IsZero ? 0 : 1);
        limits += (hasLimit ? 1 : 0) - (node.HasLimit ? 1 : 0);
        (node.Guarantee, node.Limit, node.HasLimit, node.HasQuota) = (guarantee, limit, hasLimit, hasQuota);
        node.Room = limit - node.Consumed;
        MarkStale(node);
        RenewNeeds(node);
        RemoveIfIdle(node);
    }

    /// <summary>Charges reservations of an agent to the role and those above; amounts may be negative.</summary>
    public void ChargeReservation(RoleNode role, in Quantities amounts)
    {
        for (var node = role; node.Parent is not null; node = node.Parent)
        {
            node.Reserved += amounts;
            Consume(node, amounts);
        }

        Root.Reserved += amounts;
        UpdateNeeds(role);
        RemoveIfIdle(role);
    }

    /// <summary>Counts as consumed what the role alone would come to consume; amounts may be negative.</summary>
    public void ChargeRoom(RoleNode role, in Quantities amounts)
    {
        Consume(role, amounts);
        UpdateNeeds(role);
        RemoveIfIdle(role);
    }

    /// <summary>The most that the role may still get of what counts against quota, per resource.</summary>
    /// <param name="role">Whose framework would get it.</param>
    /// <param name="available">All that is free in the cluster and counts.</param>
    public Quantities Allowed(RoleNode role, in Quantities available)
    {
        var allowed = WithinLimits(role, out var fills);
        return HasGuarantees
            ? Quantities.Min(allowed, WithinHeadroom(available, fills))
            : allowed;
    }

    /// <summary>The most that guarantees of others leave.</summary>
    /// <param name="available">All that is free in the cluster and counts.</param>
    /// <param name="fills">The part of unmet guarantees that an allocation to the role would fill.</param>
    public Quantities WithinHeadroom(in Quantities available, in Quantities fills) => HasGuarantees
        ? (available - RequiredHeadroom).ClampToZero() + fills
        : Quantities.NoLimit;

    /// <summary>The most that the limits of the role, and of those above it, leave.</summary>
    /// <param name="role">Whose framework would get it.</param>
    /// <param name="fills">The part of unmet guarantees that an allocation to the role would fill.</param>
    public static Quantities WithinLimits(RoleNode role, out Quantities fills)
    {
        var allowed = Quantities.NoLimit;
        fills = Quantities.Zero;
        for (var node = role; node.Parent is not null; node = node.Parent)
        {
            if (node.HasLimit)
            {
                // Within a limit, what sub-roles are guaranteed stays theirs.
                var open = (node.Room - node.ChildrenNeed).ClampToZero() + fills;
                allowed = Quantities.Min(allowed, Quantities.Min(node.Room, open).ClampToZero());
            }

            fills += node.Slack;
        }

        return allowed;
    }

    /// <summary>The highest role on the path that has quota; null without any.</summary>
    public static RoleNode? TopmostQuota(RoleNode role)
    {
        RoleNode? top = null;
        for (var node = role; node.Parent is not null; node = node.Parent)
        {
            top = node.HasQuota ? node : top;
        }

        return top;
    }

    /// <summary>The part of unmet guarantees that an allocation to the role would fill.</summary>
    public static Quantities Fills(RoleNode role)
    {
        var fills = Quantities.Zero;
        for (var node = role; node.Parent is not null; node = node.Parent)
        {
            fills += node.Slack;
        }

        return fills;
    }

    /// <summary>The part of the role's slack that limits above it leave to it.</summary>
    public static Quantities Kept(RoleNode role)
    {
        var kept = role.Slack;
        for (var node = role; node.Parent is not null; node = node.Parent)
        {
            kept = node.HasLimit ? Quantities.Min(kept, node.Room.ClampToZero()) : kept;
        }

        return kept;
    }

    /// <summary>What a role needs, were so much of what it consumes back.</summary>
    /// <param name="node">The role.</param>
    /// <param name="back">What comes back from it and below.</param>
    /// <param name="children">What its sub-roles need then.</param>
    /// <param name="slack">The part that none of them is guaranteed.</param>
    public static Quantities Need(
        RoleNode node, in Quantities back, in Quantities children, out Quantities slack)
    {
        slack = (node.Guarantee - node.Consumed + back - children).ClampToZero();

        // More than a limit leaves cannot be given, so it need not be kept.
        return node.HasLimit
            ? Quantities.Min(children + slack, (node.Room + back).ClampToZero())
            : children + slack;
    }

    private void Consume(RoleNode node, in Quantities amounts)
    {
        node.Consumed += amounts;
        if (node.HasLimit)
        {
            node.Room -= amounts;
            MarkStale(node);
        }
    }

    private void UpdateNeeds(RoleNode role)
    {
        if (guarantees > 0)
        {
            RenewNeeds(role);
        }
    }

    private static void RenewNeeds(RoleNode role)
    {
        for (var node = role; node.Parent is { } parent; node = parent)
        {
            var need = Need(node, Quantities.Zero, node.ChildrenNeed, out var slack);
            CountUnmet(node, slack.AnyPositive);
            node.Slack = slack;
            node.HasSlack = slack.AnyPositive;
            parent.ChildrenNeed = parent.ChildrenNeed + need - node.Need;
            node.Need = need;
        }
    }

    private static void CountUnmet(RoleNode node, bool isUnmet)
    {
        var change = (isUnmet ? 1 : 0) - (node.HasSlack ? 1 : 0);
        for (var above = change == 0 ? null : node; above is not null; above = above.Parent)
        {
            above.Unmet += change;
        }
    }
}
