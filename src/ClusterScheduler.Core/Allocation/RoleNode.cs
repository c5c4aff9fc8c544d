using System.Runtime.Intrinsics;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Allocation;

/// <summary>
/// One role in the tree: its place in fair sharing, and its account for quota. Consumed is what counts against quota:
/// all reservations to the role and below, used or not, and what is allocated there unreserved and not revocable.
/// </summary>
internal sealed class RoleNode : ShareUnit
{
    public RoleNode(RoleName role, RoleNode? parent)
        : base(parent is null ? "" : role.Value[(role.Value.LastIndexOf('/') + 1)..])
    {
        (Role, Parent) = (role, parent);
        Salt = DrawSeed.SaltOf(parent is null ? "" : role.Value);
        Leaf = new RoleLeaf(this);
    }

    /// <summary>The role; meaningless at the root of the tree.</summary>
    public RoleName Role { get; }

    /// <summary>For the random order of what is below it.</summary>
    public ulong Salt { get; }

    /// <summary>Null at the root of the tree only.</summary>
    public RoleNode? Parent { get; }

    public SortedDictionary<string, RoleNode> Children { get; } = new(StringComparer.Ordinal);

    /// <summary>The frameworks of this very role.</summary>
    public RoleLeaf Leaf { get; }

    /// <summary>Active sub-roles, and the leaf when it has active frameworks.</summary>
    public ShareOrder Order { get; } = new();

    public double Weight { get; set; } = 1;

    /// <summary>What the role and its sub-roles hold, offered or used, of every kind.</summary>
    public Quantities Allocated { get; set; }

    /// <summary>Frameworks subscribed to, or holding something in, this role or below.</summary>
    public int Members { get; set; }

    public Quantities Reserved { get; set; }

    /// <summary>Reservations plus unreserved allocations, offered ones included.</summary>
    public Quantities Consumed { get; set; }

    /// <summary>The part of <see cref="Consumed"/> that is offered and not yet accepted.</summary>
    public Quantities Offered { get; set; }

    public Quantities Guarantee { get; set; }

    public Quantities Limit { get; set; } = Quantities.NoLimit;

    /// <summary>What the limit leaves; may be negative when a limit was forced below consumption.</summary>
    public Quantities Room { get; set; } = Quantities.NoLimit;

    /// <summary>Whether <see cref="Slack"/> is anything.</summary>
    public bool HasSlack { get; set; }

    public bool HasQuota { get; set; }

    public bool HasLimit { get; set; }

    /// <inheritdoc/>
    public override Vector256<long> Open => HasLimit
        ? Vector256.GreaterThan(Room.Main, Vector256<long>.Zero) & Vector256<long>.One
        : Vector256<long>.One;

    /// <summary>What the subtree still needs to reach its guarantees.</summary>
    public Quantities Need { get; set; }

    /// <summary>What the children still need together.</summary>
    public Quantities ChildrenNeed { get; set; }

    /// <summary>The part of the need that any framework in the subtree may fill.</summary>
    public Quantities Slack { get; set; }

    /// <summary>Nodes with slack in this subtree, this one included.</summary>
    public int Unmet { get; set; }

    /// <summary>Whether nothing keeps this node in the tree.</summary>
    public bool IsIdle =>
        Members == 0 && Children.Count == 0 && !HasQuota && Weight == 1 && Reserved.IsZero && Allocated.IsZero
        && Consumed.IsZero;
}
