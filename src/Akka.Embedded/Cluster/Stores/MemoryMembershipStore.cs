using System.Collections.Concurrent;
using Akka.Cluster.Leading;
using Akka.Cluster.Lists;
using Akka.Coordination.Sql;

namespace Akka.Cluster.Stores;

/// <summary>
/// For nodes of one process, and for a single one: the cluster ends with the process. Each cluster has one of its own,
/// made by its first node; the others find it by the id that they hear when they are let in.
/// </summary>
internal sealed class MemoryMembershipStore : IMembershipStore
{
    /// <summary>Lives as long as a node that may lead with it does.</summary>
    private static readonly ConcurrentDictionary<string, WeakReference<MemoryMembershipStore>> s_known = new();

    private readonly object _gate = new();
    private readonly MemoryLeaseTable _leases;
    private long _epoch;
    private MemberList _list = MemberList.Empty;

    private MemoryMembershipStore(TimeProvider time)
    {
        _leases = new MemoryLeaseTable(time);
        Id = new StoreId(StoreKind.Memory, $"{OfThisProcess.Id}/{Guid.NewGuid():N}");
        foreach (var (id, reference) in s_known)
        {
            if (!reference.TryGetTarget(out _))
                s_known.TryRemove(id, out _);
        }

        s_known[Id.Id] = new WeakReference<MemoryMembershipStore>(this);
    }

    /// <summary>What a node of this process says of the store that it could use.</summary>
    internal static StoreId OfThisProcess { get; } = new(StoreKind.Memory, Guid.NewGuid().ToString("N"));

    internal StoreId Id { get; }

    public ILeaseTable Leases => _leases;

    internal static MemoryMembershipStore Create(TimeProvider time) => new(time);

    internal static MemoryMembershipStore? Find(StoreId id) =>
        s_known.TryGetValue(id.Id, out var reference) && reference.TryGetTarget(out var store) ? store : null;

    public Task<StoreId> Open(CancellationToken cancel) => Task.FromResult(Id);

    public Task<string?> FindLeader(TimeSpan lease, CancellationToken cancel) => Task.FromResult(_leases.Holder);

    public Task<MemberList?> Claim(long epoch, CancellationToken cancel)
    {
        lock (_gate)
        {
            if (epoch < _epoch)
                return Task.FromResult<MemberList?>(null);
            _epoch = epoch;
            return Task.FromResult<MemberList?>(_list);
        }
    }

    public Task<bool> Write(long epoch, ListChange change, CancellationToken cancel)
    {
        lock (_gate)
        {
            if (epoch != _epoch || change.From != _list.Version)
                return Task.FromResult(false);
            _list = _list.With(change);
            return Task.FromResult(true);
        }
    }

    public void Dispose()
    {
        // Other nodes may still lead with it.
    }
}
