namespace ClusterScheduler.Sdk.TestKit;

/// <summary>Stands for one framework's entity.</summary>
internal sealed class FakeEntity : ReceiveActor, IWithTimers
{
    private readonly FakeLedger _ledger;
    private readonly TimeSpan _heartbeat;
    private IActorRef _scheduler = ActorRefs.Nobody;
    private Guid _connection;
    private readonly List<(int Count, IActorRef Asker)> _awaitingHeartbeats = [];
    private bool _isCut;
    private bool _losesNext;
    private int _heartbeatCount;
    private long _heard;
    private long _said;

    public FakeEntity(FakeLedger ledger, TimeSpan heartbeat)
    {
        _ledger = ledger;
        _heartbeat = heartbeat;
        HearScheduler();
        PlayScript();
        Receive<SendHeartbeat>(_ => OnHeartbeat());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() =>
        Timers.StartPeriodicTimer(nameof(SendHeartbeat), new SendHeartbeat(), _heartbeat);

    private void HearScheduler()
    {
        Receive<ISchedulerCall>(Count);
        Receive<FrameworkProtocol.Subscribe>(OnSubscribe);
        Receive<FrameworkProtocol.AcceptOffers>(OnAccept);
        Receive<FrameworkProtocol.ViewAgents>(OnViewAgents);
        Receive<FrameworkProtocol.CommitTasks>(OnCommit);
        Receive<FrameworkProtocol.Acknowledge>(OnAcknowledge);
        Receive<FrameworkProtocol.Reconcile>(OnReconcile);
        Receive<FrameworkProtocol.Unsubscribe>(_ => Forget());
        Receive<FrameworkProtocol.Teardown>(_ => End("the framework was torn down"));
        Receive<IFrameworkMessage>(static _ => { });
    }

    private void PlayScript()
    {
        Receive<FakeScript.Offer>(script => Say(new SchedulerProtocol.Offers(_connection, script.Offers)));
        Receive<FakeScript.Rescind>(script => Say(new SchedulerProtocol.Rescinded(_connection, [script.OfferId])));
        Receive<FakeScript.AskToLeave>(script =>
            Say(new SchedulerProtocol.InverseOffers(_connection, [script.Inverse])));
        Receive<FakeScript.RescindInverse>(script =>
            Say(new SchedulerProtocol.InverseRescinded(_connection, [script.OfferId])));
        Receive<FakeScript.Update>(script => Report(script.Status));
        Receive<FakeScript.SendNow>(script => Say(new SchedulerProtocol.Updated(_connection, script.Status)));
        Receive<FakeScript.ShowAgents>(script => _ledger.Agents = script.Agents);
        Receive<FakeScript.RefuseNext>(script => _ledger.NextRefusal = script.Refusal);
        Receive<FakeScript.LoseAgent>(script =>
            Say(new SchedulerProtocol.AgentFailure(_connection, script.AgentId, script.Gone)));
        Receive<FakeScript.FailOver>(_ => OnFailOver());
        Receive<FakeScript.LoseNextEvent>(_ => _losesNext = true);
        Receive<FakeScript.CutOff>(script => _isCut = script.IsCut);
        Receive<FakeScript.End>(script => End(script.Message));
        Receive<FakeScript.Settle>(_ => Sender.Tell(new FakeScript.Settled(), Self));
        Receive<FakeScript.AwaitHeartbeats>(script =>
            _awaitingHeartbeats.Add((_heartbeatCount + script.Count, Sender)));
        Receive<FakeScript.RunTasks>(script => _ledger.Outcome = script.Outcome);
    }

    private void OnSubscribe(FrameworkProtocol.Subscribe subscribe)
    {
        var isNew = subscribe.Connection != _connection;
        if (isNew)
        {
            Say(new SchedulerProtocol.SubscriptionEnded(
                subscribe.FrameworkId, _connection, "another scheduler of this framework subscribed"));
        }

        _scheduler = Sender;
        (_heard, _said) = isNew ? (0, 0) : (_heard, _said);
        _connection = subscribe.Connection;
        Say(new SchedulerProtocol.Subscribed(subscribe.FrameworkId, _connection, _ledger.Epoch, _heartbeat));
        foreach (var head in isNew ? _ledger.Heads : [])
        {
            Say(new SchedulerProtocol.Updated(_connection, head));
        }
    }

    private void OnAccept(FrameworkProtocol.AcceptOffers accept)
    {
        if (accept.Connection == _connection)
        {
            Launch(accept.Launches);
        }
    }

    private void OnViewAgents(FrameworkProtocol.ViewAgents view)
    {
        var query = view.Query;
        Say(new SchedulerProtocol.AgentsShown(
            _connection, new AgentPage(query.QueryId, query.Role, _ledger.Agents, true)));
    }

    private void OnCommit(FrameworkProtocol.CommitTasks commit)
    {
        if (commit.Connection != _connection)
        {
            return;
        }

        var tasks = commit.Placements.SelectMany(static placement => placement.Tasks);
        var refusal = _ledger.NextRefusal;
        _ledger.NextRefusal = null;
        if (refusal is null)
        {
            Launch(tasks);
        }
        else
        {
            foreach (var task in tasks)
            {
                Report(NewUpdate(task.TaskId, TaskState.Dropped, Guid.NewGuid()) with
                {
                    Source = StatusSource.Master,
                    Reason = StatusReason.InvalidOffers,
                    Message = refusal.Message,
                });
            }
        }

        Say(new SchedulerProtocol.TransactionAnswered(_connection, commit.TransactionId, refusal));
    }

    private void Launch(IEnumerable<TaskInfo> tasks)
    {
        foreach (var task in tasks)
        {
            _ledger.States[task.TaskId] = TaskState.Staging;
            if (_ledger.Outcome?.Invoke(task) is { } outcome)
            {
                Report(NewUpdate(task.TaskId, TaskState.Running, Guid.NewGuid()));
                Report(NewUpdate(task.TaskId, outcome, Guid.NewGuid()));
            }
        }
    }

    private void OnAcknowledge(FrameworkProtocol.Acknowledge acknowledge)
    {
        if (_ledger.Acknowledge(acknowledge.TaskId, acknowledge.Uuid) is { } next)
        {
            Say(new SchedulerProtocol.Updated(_connection, next));
        }
    }

    private void OnReconcile(FrameworkProtocol.Reconcile reconcile)
    {
        foreach (var taskId in reconcile.TaskIds.IsEmpty ? [.. _ledger.States.Keys] : reconcile.TaskIds)
        {
            var state = _ledger.States.GetValueOrDefault(taskId, TaskState.Unknown);
            Say(new SchedulerProtocol.Updated(_connection, NewUpdate(taskId, state, null) with
            {
                Source = StatusSource.Master,
                Reason = StatusReason.Reconciliation,
            }));
        }
    }

    private void OnHeartbeat()
    {
        _heartbeatCount++;
        Send(new SchedulerProtocol.Heartbeat(_connection) { Heard = _heard, Said = _said });
        foreach (var (_, asker) in _awaitingHeartbeats.Where(each => each.Count <= _heartbeatCount))
        {
            asker.Tell(new FakeScript.Settled(), Self);
        }

        _awaitingHeartbeats.RemoveAll(each => each.Count <= _heartbeatCount);
    }

    private void OnFailOver()
    {
        _ledger.Epoch = _ledger.Epoch.Next();
        Say(new SchedulerProtocol.Subscribed(new FrameworkId(""), _connection, _ledger.Epoch, _heartbeat));
    }

    private void Report(StatusUpdate update)
    {
        if (_ledger.Add(update))
        {
            Say(new SchedulerProtocol.Updated(_connection, update));
        }
    }

    private static StatusUpdate NewUpdate(TaskId taskId, TaskState state, Guid? uuid) =>
        new(taskId, state, StatusSource.Executor, StatusReason.None, "", Context.System.Scheduler.Now) { Uuid = uuid };

    private void End(string message)
    {
        Say(new SchedulerProtocol.SubscriptionEnded(new FrameworkId(""), _connection, message));
        Forget();
    }

    private void Forget()
    {
        _scheduler = ActorRefs.Nobody;
        _connection = Guid.Empty;
    }

    /// <summary>It is handled by whoever comes next.</summary>
    private bool Count(ISchedulerCall call)
    {
        _heard += call.Connection == _connection ? 1 : 0;
        return false;
    }

    private void Say(object message)
    {
        _said++;
        if (!_losesNext)
        {
            Send(message);
        }

        _losesNext = false;
    }

    private void Send(object message)
    {
        if (!_isCut)
        {
            _scheduler.Tell(message, Self);
        }
    }

    private sealed record SendHeartbeat : INoSerializationVerificationNeeded;
}
