using System.Runtime.Intrinsics;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Allocation;

/// <summary>
/// Something that takes part in fair sharing among its siblings: a role, the frameworks of a role that has sub-roles
/// too (virtual leaf), or a framework in a role. Order: share, then number of allocations, then name.
/// </summary>
internal abstract class ShareUnit(string name)
{
    /// <summary>Last component of the role, <c>.</c> for a virtual leaf, or the framework's id.</summary>
    public string Name { get; } = name;

    /// <summary>Dominant share over weight, as of now.</summary>
    public double Share { get; set; }

    /// <summary>Allocations in rounds and transactions so far; never counted down.</summary>
    public long Count { get; set; }

    /// <summary>Whether it is in its order, under the key below.</summary>
    public bool IsFiled { get; set; }

    /// <summary>Its number in that order.</summary>
    public int Member { get; set; }

    /// <summary>The share under which it is filed.</summary>
    public double FiledShare { get; set; }

    /// <summary>The count under which it is filed.</summary>
    public long FiledCount { get; set; }

    /// <summary>1 for cpus, mem, disk, gpus each of which it may get; 0 where a role is at its limit.</summary>
    public virtual Vector256<long> Open => Vector256<long>.One;

    /// <summary>As what it is filed.</summary>
    public FourAmounts FiledOpen { get; set; }

    /// <summary>Whether it waits in the list of units to be filed anew.</summary>
    public bool IsStale { get; set; }
}
