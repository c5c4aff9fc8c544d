namespace ClusterScheduler.Sdk;

/// <content>Tasks: their updates, and the calls about them.</content>
public sealed partial class SchedulerDriver
{
    /// <summary>
    /// Wants a task to end (Mesos: KILL). Said again after each reconnection until the task is known to have ended;
    /// a task that nobody knows is answered as by <see cref="Reconcile"/>.
    /// </summary>
    /// <param name="taskId">The task.</param>
    /// <param name="grace">Between SIGTERM and SIGKILL, not negative; the task's own when not given.</param>
    public void Kill(TaskId taskId, TimeSpan? grace = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(grace ?? TimeSpan.Zero, TimeSpan.Zero, nameof(grace));
        _kills[taskId] = grace;
        if (IsConnected)
        {
            Send(new FrameworkProtocol.KillTask(FrameworkId, _connection, taskId, grace));
        }
    }

    /// <summary>
    /// Asks how tasks are; the answers are updates without uuid, with the reason
    /// <see cref="StatusReason.Reconciliation"/> (Mesos: RECONCILE). With each heartbeat, and after a reconnection, the
    /// driver asks by itself about tasks that were launched or named here and of which nothing was heard since.
    /// </summary>
    /// <param name="taskIds">None: all of the framework's tasks.</param>
    /// <returns>False: there is no connection, and nothing was asked.</returns>
    public bool Reconcile(params ImmutableArray<TaskId> taskIds)
    {
        if (!IsConnected)
        {
            return false;
        }

        var named = taskIds.IsDefault ? [] : taskIds;
        ExpectNews(named);
        Send(new FrameworkProtocol.Reconcile(FrameworkId, _connection, named));
        return true;
    }

    /// <summary>
    /// Says that an update is taken, so that the task's next one may come (Mesos: ACKNOWLEDGE). Only needed where
    /// <see cref="SchedulerSettings.AcknowledgeAutomatically"/> is false. Does nothing for one without uuid. Without
    /// a connection it is remembered: the update will come again and be acknowledged without being given out.
    /// </summary>
    /// <param name="update">As it was given out.</param>
    public void Acknowledge(StatusUpdate update)
    {
        ArgumentNullException.ThrowIfNull(update);
        if (update.Uuid is { } uuid)
        {
            _updates.Acknowledge(uuid);
            SendAcknowledgement(update.TaskId, uuid);
        }
    }

    /// <summary>Leaves. There are no callbacks after this call, nor for the offers that it gives back.</summary>
    /// <param name="failover">True: tasks run on, for another scheduler of this framework to take over, until its
    /// failover timeout. False: as <see cref="Teardown"/>, but without waiting for its end.</param>
    public void Stop(bool failover = true)
    {
        if (_phase == Phase.Stopped)
        {
            return;
        }

        if (_phase != Phase.Idle)
        {
            Send(failover
                ? new FrameworkProtocol.Unsubscribe(FrameworkId, _connection)
                : new FrameworkProtocol.Teardown(FrameworkId, _connection));
        }

        Halt();
        _offers.Clear();
    }

    /// <summary>
    /// Ends the framework: every task is killed, and its id is used up (Mesos: TEARDOWN). Said as soon as there is a
    /// connection; <see cref="ISchedulerCallbacks.TornDown"/> follows when it is done.
    /// </summary>
    public void Teardown()
    {
        _tearingDown = true;
        if (IsConnected)
        {
            Send(new FrameworkProtocol.Teardown(FrameworkId, _connection));
        }
    }

    private void OnUpdated(StatusUpdate update)
    {
        switch (update.Uuid is { } uuid ? _updates.Meet(uuid) : UpdateMemory.Meeting.First)
        {
            case UpdateMemory.Meeting.First:
                GiveOut(update);
                break;
            case UpdateMemory.Meeting.Acknowledged:
                _counters.Repeated();
                SendAcknowledgement(update.TaskId, update.Uuid!.Value);
                break;
            default:
                _counters.Repeated();
                break;
        }
    }

    private void GiveOut(StatusUpdate update)
    {
        _unheard.Remove(update.TaskId);
        if (update.State.IsTerminal() || update.State == TaskState.Unknown)
        {
            _kills.Remove(update.TaskId);
        }

        _counters.Updated(update.State);
        if (update.Reason == StatusReason.ExecutorTerminated)
        {
            _callbacks.ExecutorLost(update);
        }

        _callbacks.StatusUpdate(update);
        if (_settings.AcknowledgeAutomatically)
        {
            Acknowledge(update);
        }
    }

    private void ExpectNews(IEnumerable<TaskId> tasks)
    {
        foreach (var task in tasks)
        {
            _unheard[task] = Now;
        }
    }

    private void SendAcknowledgement(TaskId taskId, Guid uuid)
    {
        if (IsConnected)
        {
            Send(new FrameworkProtocol.Acknowledge(FrameworkId, _connection, taskId, uuid));
        }
    }
}
