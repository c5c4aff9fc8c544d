using Akka.Cluster.Leading;
using Akka.Cluster.Lists;
using Akka.Coordination.Sql;

namespace Akka.Cluster.Stores;

/// <summary>
/// Where the cluster's leader lease and its member list stand. Who leads a term claims the list first: from then on
/// nothing of a term before can be written.
/// </summary>
internal interface IMembershipStore : IDisposable
{
    /// <summary>Of the leader lease.</summary>
    ILeaseTable Leases { get; }

    /// <summary>Which cluster's store it is. A new one is nobody's until it is claimed.</summary>
    Task<StoreId> Open(CancellationToken cancel);

    /// <summary>The leader by the lease that has not run out, as <see cref="UniqueAddress.ToText"/>; or null.</summary>
    Task<string?> FindLeader(TimeSpan lease, CancellationToken cancel);

    /// <summary>
    /// The list, for the leader of this term alone, and the store for its cluster; null when a later term or another
    /// cluster has it.
    /// </summary>
    Task<MemberList?> Claim(long epoch, CancellationToken cancel);

    /// <summary>False: a later term has it, and nothing was written.</summary>
    Task<bool> Write(long epoch, ListChange change, CancellationToken cancel);
}
