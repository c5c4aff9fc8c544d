using Akka.Cluster.Leading;
using Akka.Cluster.Lists;
using Akka.Cluster.Stores;
using Akka.Coordination.Sql;

namespace Akka.Embedded.Tests.Clustering;

/// <summary>A store that one node cannot reach while it is cut off.</summary>
internal sealed class CuttableStore(IMembershipStore store, Func<bool> isCut) : IMembershipStore, ILeaseTable
{
    public ILeaseTable Leases => this;

    private IMembershipStore Store => isCut() ? throw new IOException("The store does not answer.") : store;

    public async Task<StoreId> Open(CancellationToken cancel) => await Store.Open(cancel);

    public async Task<string?> FindLeader(TimeSpan lease, CancellationToken cancel) =>
        await Store.FindLeader(lease, cancel);

    public async Task<MemberList?> Claim(long epoch, CancellationToken cancel) => await Store.Claim(epoch, cancel);

    public async Task<bool> Write(long epoch, ListChange change, CancellationToken cancel) =>
        await Store.Write(epoch, change, cancel);

    public async Task<long?> TryAcquire(string name, string owner, TimeSpan duration, CancellationToken cancel) =>
        await Store.Leases.TryAcquire(name, owner, duration, cancel);

    public async Task<bool> TryRenew(string name, long epoch, TimeSpan duration, CancellationToken cancel) =>
        await Store.Leases.TryRenew(name, epoch, duration, cancel);

    public async Task<string?> FindOwner(string name, TimeSpan duration, CancellationToken cancel) =>
        await Store.Leases.FindOwner(name, duration, cancel);

    public async Task Release(string name, long epoch, CancellationToken cancel) =>
        await Store.Leases.Release(name, epoch, cancel);

    public void Dispose() => store.Dispose();
}
