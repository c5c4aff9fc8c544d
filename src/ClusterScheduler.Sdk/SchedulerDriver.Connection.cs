namespace ClusterScheduler.Sdk;

/// <content>How the connection comes about, is lost and is sought again.</content>
public sealed partial class SchedulerDriver
{
    /// <summary>Ids of 255 characters each, so many, are well within a frame.</summary>
    private const int AskedAtOnceMax = 500;

    // Each connection has a fresh id: whatever still comes of an earlier one is out of date, here and at the entity.
    private void Connect()
    {
        _phase = Phase.Subscribing;
        _connection = _settings.NewId();
        _tally.Begin();
        SubscribeOrWait(0);
    }

    private void SubscribeOrWait(int attempt)
    {
        if (_phase != Phase.Subscribing)
        {
            return;
        }

        Send(new FrameworkProtocol.Subscribe(FrameworkId, _settings.Info, _connection, [.. _suppressed])
        {
            Seen = Epoch,
        });
        After(Backoff(attempt), new SubscribeAgain(_connection, attempt + 1));
    }

    // Spread over 80 to 120 % by the connection's id, so that schedulers that lost the same master do not come back
    // in one wave.
    private TimeSpan Backoff(int attempt)
    {
        var spread = 0.8 + (0.4 * _connection.ToByteArray()[15] / byte.MaxValue);
        var doubled = _settings.SubscribeBackoffMin * (1L << Math.Min(attempt, 30));
        return (doubled < _settings.SubscribeBackoffMax ? doubled : _settings.SubscribeBackoffMax) * spread;
    }

    private void OnSubscribed(SchedulerProtocol.Subscribed subscribed)
    {
        _tally.Hear();
        if (subscribed.Epoch < Epoch)
        {
            // Of a master that was succeeded: this scheduler has heard of its successor.
            return;
        }

        var wasConnected = _phase == Phase.Connected;
        if (wasConnected && !IsOfEntity)
        {
            // One of the two is out of date, and only a new connection shows which.
            Lose("two entities of the framework took the subscription");
            return;
        }

        _lastHeard = Now;
        _entity ??= _context.Watch(_context.Sender);
        if (wasConnected && subscribed.Epoch == Epoch)
        {
            return;
        }

        EndAllOffers();
        _phase = Phase.Connected;
        Epoch = subscribed.Epoch;
        if (!wasConnected)
        {
            OnCheckHeartbeat(subscribed.Heartbeat);
        }

        if (_everRegistered)
        {
            _counters.Reconnected();
            CatchUp();
            _callbacks.Reregistered(Epoch);
        }
        else
        {
            _everRegistered = true;
            CatchUp();
            _callbacks.Registered(FrameworkId, Epoch);
        }
    }

    // What was wanted while nobody could be told, and what may have been lost with the old connection.
    private void CatchUp()
    {
        if (_tearingDown)
        {
            Send(new FrameworkProtocol.Teardown(FrameworkId, _connection));
        }

        if (_revivedMeanwhile.Count > 0)
        {
            Send(new FrameworkProtocol.ReviveOffers(FrameworkId, _connection, [.. _revivedMeanwhile]));
            _revivedMeanwhile.Clear();
        }

        if (!_requests.IsEmpty)
        {
            SayRequests();
        }

        foreach (var (taskId, grace) in _kills)
        {
            Send(new FrameworkProtocol.KillTask(FrameworkId, _connection, taskId, grace));
        }

        AskAgain(Now);
    }

    /// <summary>
    /// What was asked until then and not answered since: question or answer may have been lost with a node beyond the
    /// framework's entity, of which the connection to that shows nothing.
    /// </summary>
    private void AskAgain(TimeSpan until)
    {
        var unheard = _unheard.Where(asked => asked.Value <= until).Select(static asked => asked.Key).ToList();
        foreach (var batch in unheard.Chunk(AskedAtOnceMax))
        {
            ExpectNews(batch);
            Send(new FrameworkProtocol.Reconcile(FrameworkId, _connection, [.. batch]));
        }
    }

    private void OnHeartbeat(SchedulerProtocol.Heartbeat heartbeat)
    {
        if (_tally.ShowsLoss(heartbeat))
        {
            Lose("something that was said on it was lost");
        }
    }

    private void OnCheckHeartbeat(TimeSpan interval)
    {
        if (_phase != Phase.Connected || interval <= TimeSpan.Zero)
        {
            return;
        }

        var silence = Now - _lastHeard;
        if (silence > interval * _settings.HeartbeatsMissedMax)
        {
            Lose($"nothing was heard for {silence.TotalSeconds:0.#} s, more than {_settings.HeartbeatsMissedMax} "
                + "heartbeats");
        }
        else
        {
            AskAgain(Now - interval);
            After(interval, new CheckHeartbeat(_connection, interval));
        }
    }

    private void Lose(string why)
    {
        if (_phase is Phase.Idle or Phase.Stopped)
        {
            return;
        }

        var wasConnected = _phase == Phase.Connected;
        UnwatchEntity();
        Connect();
        if (wasConnected)
        {
            EndAllOffers();
            _callbacks.Disconnected(why);
        }
    }

    private void OnEnded(string message)
    {
        Halt();
        EndAllOffers();
        if (_tearingDown)
        {
            _callbacks.TornDown();
        }
        else
        {
            _callbacks.Error(message);
        }
    }

    private void Halt()
    {
        _phase = Phase.Stopped;
        _timer?.Cancel();
        UnwatchEntity();
    }

    private void UnwatchEntity()
    {
        if (_entity is not null)
        {
            _context.Unwatch(_entity);
            _entity = null;
        }
    }

    private void Send(IFrameworkMessage message)
    {
        if (message is ISchedulerCall)
        {
            _tally.Say();
        }

        _frameworks.Tell(message, _self);
    }

    private void After(TimeSpan delay, object message)
    {
        _timer?.Cancel();
        _timer = _context.System.Scheduler.ScheduleTellOnceCancelable(delay, _self, message, _self);
    }
}
