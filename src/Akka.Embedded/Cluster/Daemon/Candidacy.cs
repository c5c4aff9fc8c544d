using Akka.Cluster.Leading;
using Akka.Cluster.Lists;
using Akka.Cluster.Stores;
using Akka.Coordination;
using Akka.Coordination.Sql;
using Akka.Event;
using CoordinationTimes = Akka.Coordination.TimeoutSettings;

namespace Akka.Cluster.Daemon;

/// <summary>
/// This node's hold on the leader lease of one store. To lead it needs the lease, and then the list under the lease's
/// epoch; what it asked for comes back as a message.
/// </summary>
internal sealed class Candidacy : IDisposable
{
    internal const string LeaseName = "akka-cluster-leader";

    private readonly NodeContext _context;
    private readonly IMembershipStore _store;
    private readonly SqlLease _lease;
    private readonly CancellationTokenSource _stop = new();
    private TimeSpan _notBefore = NodeContext.LongAgo;
    private bool _isTrying;
    private bool _warned;

    internal Candidacy(NodeContext context, IMembershipStore store, StoreId id)
    {
        _context = context;
        _store = store;
        Id = id;
        var settings = context.Settings;
        var times = new CoordinationTimes(
            settings.LeaderRenewal, settings.LeaderLease, settings.LeaderLease / 2);
        _lease = new SqlLease(
            new LeaseSettings(LeaseName, context.Self.Address.ToString(), times, Configuration.Config.Empty),
            store.Leases, context.Time);
    }

    internal StoreId Id { get; }

    internal IMembershipStore Store => _store;

    internal CancellationToken Stopped => _stop.Token;

    /// <summary>To be asked before each effect of a leader.</summary>
    internal bool Holds(long epoch) => _lease.Epoch == epoch;

    /// <summary>Tries for the lease, if it is time to.</summary>
    internal void Try(bool isUrgent = false)
    {
        var now = _context.Now;
        if (_isTrying || (now < _notBefore && !isUrgent))
            return;
        _isTrying = true;
        _notBefore = now + _context.Settings.ElectionInterval;
        _context.Report(TryAsync(), outcome => outcome, failure => new ClaimFailed(failure));
    }

    internal void Rest(TimeSpan span) => _notBefore = _context.Now + span;

    internal void Tried() => _isTrying = false;

    internal void Failed(Exception failure)
    {
        _isTrying = false;
        _context.Log.Log(
            _warned ? LogLevel.DebugLevel : LogLevel.WarningLevel, failure,
            "The leader lease of the cluster cannot be had: {0}", [failure.Message]);
        _warned = true;
    }

    internal void Release() =>
        _context.Report(_lease.Release(), static _ => LeaseReleased.Instance, static _ => LeaseReleased.Instance);

    public void Dispose()
    {
        _stop.Cancel();
        _ = _lease.Release().ContinueWith(
            static (done, store) =>
            {
                _ = done.Exception;
                ((IMembershipStore)store!).Dispose();
            }, _store, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private async Task<ClaimTried> TryAsync()
    {
        if (!await _lease.Acquire(_ => _context.Tell(LeaseLost.Instance)).ConfigureAwait(false))
            return new ClaimTried(0, null);
        var epoch = _lease.Epoch;
        var list = await _store.Claim(epoch, _stop.Token)
            .WaitAsync(_context.Settings.LeaderLease, _context.Time).ConfigureAwait(false);
        _warned = false;
        return new ClaimTried(list is null ? 0 : epoch, list);
    }
}

/// <summary>The lease was asked for. No list: another has it.</summary>
internal sealed record ClaimTried(long Epoch, MemberList? List) : DaemonCommand;

internal sealed record ClaimFailed(Exception Failure) : DaemonCommand;

internal sealed record LeaseLost : DaemonCommand
{
    internal static readonly LeaseLost Instance = new();
}

internal sealed record LeaseReleased : DaemonCommand
{
    internal static readonly LeaseReleased Instance = new();
}
