using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Allocation;

/// <summary>The frameworks of one role; beside sub-roles it takes part as a virtual leaf with weight 1.</summary>
internal sealed class RoleLeaf(RoleNode role) : ShareUnit(".")
{
    public RoleNode Role { get; } = role;

    /// <summary>For the random order of its frameworks.</summary>
    public ulong Salt { get; } = DrawSeed.SaltOf(role.Role.Value + "/.");

    /// <summary>Active frameworks in order.</summary>
    public ShareOrder Clients { get; } = new();

    /// <summary>What its frameworks hold, offered or used, without sub-roles.</summary>
    public Quantities Allocated { get; set; }

    /// <summary>Frameworks that are subscribed to the role or hold something in it.</summary>
    public int Members { get; set; }
}
