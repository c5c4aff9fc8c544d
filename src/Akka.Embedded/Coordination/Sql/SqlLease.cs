using Akka.Actor;
using Akka.Configuration;

namespace Akka.Coordination.Sql;

/// <summary>
/// A lease as a row of a database, on both engines. The holder counts from the moment before it sent the last
/// confirmation that succeeded, so its own deadline lies before that of the database; it keeps a twentieth of the
/// timeout as a margin for clocks of different pace. A deadline that has passed ends the lease for good: it must be
/// acquired again.
/// </summary>
internal sealed class SqlLease : Lease
{
    private readonly ILeaseTable _table;
    private readonly TimeProvider _time;
    private readonly object _gate = new();
    private Holding? _holding;

    public SqlLease(LeaseSettings settings, ExtendedActorSystem system)
        : this(settings, TableFor(settings.LeaseConfig), TimeProvider.System)
    {
        system.RegisterOnTermination(() =>
        {
            Abandon();
            _table.Dispose();
        });
        _ = Warm();
    }

    internal SqlLease(LeaseSettings settings, ILeaseTable table, TimeProvider time) : base(settings) =>
        (_table, _time) = (table, time);

    /// <summary>Grows with every change of the holder; 0 while the lease is not held.</summary>
    internal long Epoch => CheckLease() ? _holding?.Epoch ?? 0 : 0;

    private TimeSpan Safe => Settings.TimeoutSettings.HeartbeatTimeout * 0.95;

    public override Task<bool> Acquire() => Acquire(static _ => { });

    public override async Task<bool> Acquire(Action<Exception?> leaseLostCallback)
    {
        if (CheckLease())
        {
            return true;
        }

        Abandon();
        var sent = _time.GetTimestamp();
        var times = Settings.TimeoutSettings;
        var epoch = await Within(times.OperationTimeout, "acquired", cancel => _table.TryAcquire(
            Settings.LeaseName, Settings.OwnerName, times.HeartbeatTimeout, cancel)).ConfigureAwait(false);
        if (epoch is null)
        {
            return false;
        }

        var holding = new Holding(epoch.Value, sent, leaseLostCallback);
        lock (_gate)
        {
            _holding = holding;
        }

        _ = Confirm(holding);
        return CheckLease();
    }

    public override async Task<bool> Release()
    {
        if (Abandon() is { } holding)
        {
            await Within<object?>(Settings.TimeoutSettings.OperationTimeout, "released", async cancel =>
            {
                await _table.Release(Settings.LeaseName, holding.Epoch, cancel).ConfigureAwait(false);
                return null;
            }).ConfigureAwait(false);
        }

        return true;
    }

    public override bool CheckLease() => Volatile.Read(ref _holding) is { } holding && !IsOver(holding);

    /// <summary>Who waits for a lease has its connection and its code ready when it gets it.</summary>
    private async Task Warm()
    {
        try
        {
            var times = Settings.TimeoutSettings;
            await Within(times.OperationTimeout, "looked at", cancel => _table.FindOwner(
                Settings.LeaseName, times.HeartbeatTimeout, cancel)).ConfigureAwait(false);
        }
        catch (LeaseException)
        {
            // Whoever acquires it hears why it cannot.
        }
    }

    /// <summary>That long, but not beyond the deadline.</summary>
    private TimeSpan Sooner(TimeSpan span, Holding holding)
    {
        var left = Safe - _time.GetElapsedTime(Volatile.Read(ref holding.Sent));
        return left <= TimeSpan.Zero ? TimeSpan.Zero : left < span ? left : span;
    }

    private bool IsOver(Holding holding) => _time.GetElapsedTime(Volatile.Read(ref holding.Sent)) >= Safe;

    /// <summary>Confirms until the lease is given back or lost.</summary>
    private async Task Confirm(Holding holding)
    {
        var times = Settings.TimeoutSettings;
        Exception? last = null;
        while (await Pause(holding).ConfigureAwait(false))
        {
            if (IsOver(holding))
            {
                Lose(holding, last ?? new LeaseTimeoutException($"The {Settings} was not confirmed in time."));
                return;
            }

            try
            {
                var sent = _time.GetTimestamp();
                var limit = Sooner(times.OperationTimeout, holding);
                var renewed = await Within(limit, "confirmed", cancel => _table.TryRenew(
                    Settings.LeaseName, holding.Epoch, times.HeartbeatTimeout, cancel))
                    .ConfigureAwait(false);
                if (!renewed)
                {
                    Lose(holding, new LeaseException($"The {Settings} has another owner."));
                    return;
                }

                if (!IsOver(holding))
                {
                    Volatile.Write(ref holding.Sent, sent);
                }
            }
            catch (LeaseException failure)
            {
                last = failure;
            }
        }
    }

    /// <summary>False: the lease was given back meanwhile.</summary>
    private async Task<bool> Pause(Holding holding)
    {
        try
        {
            var interval = Sooner(Settings.TimeoutSettings.HeartbeatInterval, holding);
            await Task.Delay(interval, _time, holding.Ended.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Lose(Holding holding, Exception reason)
    {
        lock (_gate)
        {
            if (!ReferenceEquals(_holding, holding))
            {
                return;
            }

            _holding = null;
        }

        holding.Lost(reason);
    }

    private Holding? Abandon()
    {
        Holding? holding;
        lock (_gate)
        {
            holding = _holding;
            _holding = null;
        }

        holding?.Ended.Cancel();
        return holding;
    }

    /// <summary>Whatever the database says or does not say becomes an answer within the time for operations.</summary>
    private async Task<T> Within<T>(TimeSpan limit, string done, Func<CancellationToken, Task<T>> operation)
    {
        using var cancel = new CancellationTokenSource(limit, _time);
        try
        {
            return await operation(cancel.Token).WaitAsync(limit, _time).ConfigureAwait(false);
        }
        catch (Exception late) when (late is OperationCanceledException or TimeoutException)
        {
            throw new LeaseTimeoutException($"The {Settings} could not be {done} within {limit}.", late);
        }
        catch (Exception failure) when (failure is not LeaseException)
        {
            throw new LeaseException($"The {Settings} could not be {done}: {failure.Message}", failure);
        }
    }

    private static ILeaseTable TableFor(Config config)
    {
        var provider = config.GetString("provider-name", "");
        var connection = config.GetString("connection-string", "");
        if (string.IsNullOrWhiteSpace(connection))
        {
            throw new ConfigurationException("The lease has no connection-string.");
        }

        return provider switch
        {
            _ when provider.StartsWith("SQLite", StringComparison.OrdinalIgnoreCase) =>
                new SqliteLeaseTable(connection),
            _ when provider.StartsWith("PostgreSQL", StringComparison.OrdinalIgnoreCase) =>
                new PostgresLeaseTable(connection),
            _ => throw new ConfigurationException(
                $"The lease's provider-name is '{provider}'; it must be SQLite or PostgreSQL."),
        };
    }

    private sealed class Holding(long epoch, long sent, Action<Exception?> lost)
    {
        /// <summary>When the last confirmation that succeeded was sent.</summary>
        public long Sent = sent;

        public long Epoch { get; } = epoch;

        public CancellationTokenSource Ended { get; } = new();

        public void Lost(Exception? reason) => lost(reason);
    }
}
