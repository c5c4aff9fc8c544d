using Akka.Cluster.Sharding;

namespace ClusterScheduler.Framework.Tasks;

/// <summary>
/// Sends what the stored life owes to others, once now and then with growing waits until it is taken.
/// </summary>
public sealed partial class TaskActor
{
    private const string AgainTimer = "again";

    /// <summary>When something was sent that had not been sent before, or everything once more.</summary>
    private TimeSpan sentAt;

    /// <summary>Others took something: a new wait begins for what is left.</summary>
    private void Took(TaskDuties duty)
    {
        if (attempt > 0)
        {
            attempt = 0;
            Timers.Cancel(AgainTimer);
        }
        else if (underWay.HasFlag(duty))
        {
            roundTrips.Note(Context.System.Scheduler.MonotonicClock - sentAt);
        }

        underWay &= ~duty;
        Drive();
    }

    /// <summary>
    /// What was sent a moment ago is not yet late, though the timer began with what came before it: a control plane
    /// with more to do than it can at once would only get more to do.
    /// </summary>
    private void Repeat()
    {
        var left = sentAt + backoff.After(attempt, roundTrips) - Context.System.Scheduler.MonotonicClock;
        if (left > TimeSpan.Zero)
        {
            Timers.StartSingleTimer(AgainTimer, Again.Instance, left);
            return;
        }

        attempt++;
        underWay = TaskDuties.None;
        if (State is TaskLife.Known known && agent is not null
            && (delivery.Outstanding(State) & TaskDuties.ByAgent) != TaskDuties.None)
        {
            // The agent does not answer: it may have moved, or be lost, and the news of that as well.
            refs.Master.Tell(new MasterProtocol.LocateAgent(known.AgentId));
        }

        Drive();
    }

    private void Drive()
    {
        AnswerReconciliation();
        var owed = delivery.Outstanding(State);
        var fresh = owed & ~underWay;
        Send(fresh);
        underWay = owed;
        if (fresh != TaskDuties.None)
        {
            sentAt = Context.System.Scheduler.MonotonicClock;
        }

        if (owed != TaskDuties.None)
        {
            if (!Timers.IsTimerActive(AgainTimer))
            {
                Timers.StartSingleTimer(AgainTimer, Again.Instance, backoff.After(attempt, roundTrips));
            }

            return;
        }

        Timers.Cancel(AgainTimer);
        if (!resting && State is not TaskLife.Known { Ended: false })
        {
            resting = true;
            Context.Parent.Tell(new Passivate(Rest.Instance));
        }
    }

    /// <summary>What came while it was about to rest may have given it something to do: it is woken again.</summary>
    private void GoToRest()
    {
        if (delivery.Outstanding(State) != TaskDuties.None)
        {
            refs.Tasks.Tell(new TaskProtocol.ResumeTask(frameworkId, taskId));
        }

        Context.Stop(Self);
    }

    private void Send(TaskDuties duties)
    {
        if (duties == TaskDuties.None || State is not TaskLife.Known known)
        {
            return;
        }

        if (duties.HasFlag(TaskDuties.Forward))
        {
            refs.Frameworks.Tell(new FrameworkProtocol.TaskUpdated(
                frameworkId, known.Updates[delivery.Acknowledged])
            {
                Number = delivery.Acknowledged + 1,
            });
        }

        if (duties.HasFlag(TaskDuties.Release))
        {
            refs.Master.Tell(new MasterProtocol.ReleaseTask(frameworkId, taskId, known.AgentId));
        }

        if ((duties & (TaskDuties.ByAgent | TaskDuties.Locate)) != TaskDuties.None)
        {
            SendToAgent(duties, known);
        }
    }

    private void SendToAgent(TaskDuties duties, TaskLife.Known known)
    {
        if (agent is null || duties.HasFlag(TaskDuties.Locate))
        {
            refs.Master.Tell(new MasterProtocol.LocateAgent(known.AgentId));
        }

        if (duties.HasFlag(TaskDuties.Run))
        {
            agent?.Tell(new AgentProtocol.RunTask(frameworkId, known.Task, known.Role, known.Session));
        }
        else if (duties.HasFlag(TaskDuties.Kill))
        {
            agent?.Tell(new AgentProtocol.KillTask(frameworkId, taskId, known.Kill!.Grace)
            {
                PreemptedFor = known.Kill.PreemptedFor,
            });
        }
        else if (duties.HasFlag(TaskDuties.Ask))
        {
            agent?.Tell(new AgentProtocol.ReportTask(frameworkId, taskId));
        }
    }
}
