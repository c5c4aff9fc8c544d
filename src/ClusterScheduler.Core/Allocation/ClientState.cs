using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Allocation;

/// <summary>A framework in one of its roles: what is put in order within a role, and what filters are for.</summary>
internal sealed class ClientState(FrameworkState framework, RoleLeaf leaf, int filterNumber)
    : ShareUnit(framework.Profile.Id.Value)
{
    public FrameworkState Framework { get; } = framework;

    public RoleLeaf Leaf { get; } = leaf;

    /// <summary>
    /// Key of its filters at every agent. REVIVE gives it a new one: the old filters are found no more, without
    /// a visit
    /// to any agent.
    /// </summary>
    public int FilterNumber { get; set; } = filterNumber;

    /// <summary>Whether there may be filters under that number.</summary>
    public bool HasFilters { get; set; }

    public bool IsSubscribed { get; set; }

    public bool IsSuppressed { get; set; }

    /// <summary>Offered and used, in this role.</summary>
    public Quantities Allocated { get; set; }

    /// <summary>Number of agents where it holds something.</summary>
    public int Holdings { get; set; }

    /// <summary>
    /// Smallest offers it takes; the cluster's setting unless the framework has its own for the role.
    /// </summary>
    public LeastOffer Minimum { get; set; } = new(MinAllocatable.Anything);

    public Frameworks.OfferConstraints? Constraints { get; set; }

    /// <summary>Whether it waits in the list of clients to be tried at every agent with free resources.</summary>
    public bool IsDirty { get; set; }

    public bool WantsOffers => IsSubscribed && !IsSuppressed && Framework.IsActive;
}
