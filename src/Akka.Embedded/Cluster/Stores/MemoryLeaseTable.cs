using Akka.Coordination.Sql;

namespace Akka.Cluster.Stores;

/// <summary>One lease in memory, by one clock for all who compete.</summary>
internal sealed class MemoryLeaseTable(TimeProvider time) : ILeaseTable
{
    private readonly object _gate = new();
    private readonly long _start = time.GetTimestamp();
    private string? _owner;
    private long _epoch;
    private TimeSpan _expiresAt;

    internal string? Holder
    {
        get
        {
            lock (_gate)
                return Now < _expiresAt ? _owner : null;
        }
    }

    private TimeSpan Now => time.GetElapsedTime(_start);

    public Task<long?> TryAcquire(string name, string owner, TimeSpan duration, CancellationToken cancel)
    {
        lock (_gate)
        {
            if (Now < _expiresAt && _owner != owner)
                return Task.FromResult<long?>(null);
            (_owner, _expiresAt) = (owner, Now + duration);
            return Task.FromResult<long?>(++_epoch);
        }
    }

    public Task<string?> FindOwner(string name, TimeSpan duration, CancellationToken cancel) =>
        Task.FromResult(Holder);

    public Task<bool> TryRenew(string name, long epoch, TimeSpan duration, CancellationToken cancel)
    {
        lock (_gate)
        {
            if (epoch != _epoch)
                return Task.FromResult(false);
            _expiresAt = Now + duration;
            return Task.FromResult(true);
        }
    }

    public Task Release(string name, long epoch, CancellationToken cancel)
    {
        lock (_gate)
        {
            if (epoch == _epoch)
                _expiresAt = TimeSpan.MinValue;
            return Task.CompletedTask;
        }
    }

    public void Dispose()
    {
        // It belongs to the store, which all nodes of the process share.
    }
}
