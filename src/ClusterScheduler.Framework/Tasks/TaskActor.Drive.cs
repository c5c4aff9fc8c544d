using Akka.Cluster.Sharding;

namespace ClusterScheduler.Framework.Tasks;

/// <summary>
/// Sends what the stored life owes to others, once now and then with growing waits until it is taken.
/// </summary>
public sealed partial class TaskActor
{
    private const string AgainTimer = "again";

    /// <summary>Others took something: a new wait begins for what is left.</summary>
    private void Took(TaskDuties duty)
    {
        underWay &= ~duty;
        if (attempt > 0)
        {
            attempt = 0;
            Timers.Cancel(AgainTimer);
        }

        Drive();
    }

    private void Repeat()
    {
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
        Send(owed & ~underWay);
        underWay = owed;
        if (owed != TaskDuties.None)
        {
            if (!Timers.IsTimerActive(AgainTimer))
            {
                Timers.StartSingleTimer(AgainTimer, Again.Instance, backoff.After(attempt));
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
