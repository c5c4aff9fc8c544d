using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Allocation;

/// <summary>A framework as the allocator sees it.</summary>
internal sealed class FrameworkState(FrameworkProfile profile)
{
    // Beside it, as they are asked for at every agent.
    private FrameworkCapabilities capabilities = profile.Capabilities;

    public FrameworkProfile Profile
    {
        get;
        set => (field, capabilities) = (value, value.Capabilities);
    } = profile;

    public bool IsActive { get; set; }

    /// <summary>By role: those it is subscribed to, and those in which it still holds something.</summary>
    public SortedDictionary<RoleName, ClientState> Clients { get; } = [];

    /// <summary>Cpus times seconds in offers that ended.</summary>
    public double HeldCpuSeconds { get; set; }

    /// <summary>Cpus in offers that ended.</summary>
    public double EndedCpus { get; set; }

    /// <summary>Cpus of these that were accepted.</summary>
    public double AcceptedCpus { get; set; }

    public bool Has(FrameworkCapabilities capability) => (capabilities & capability) != 0;
}
