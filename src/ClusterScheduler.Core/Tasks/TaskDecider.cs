using ClusterScheduler.Core.Execution;
using Outcome = ClusterScheduler.Core.Decisions.Decision<
    ClusterScheduler.Core.Tasks.TaskEvent, ClusterScheduler.Core.Decisions.NoEffect>;

namespace ClusterScheduler.Core.Tasks;

/// <summary>
/// The life of one task. What remains to be sent to others follows from the stored life
/// (<see cref="TaskDelivery"/>), so the decisions carry no effects of their own.
/// </summary>
public static class TaskDecider
{
    /// <summary>Decides one command.</summary>
    /// <param name="life">What is stored.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="now">Stamped by the shell.</param>
    /// <param name="freshId">Names the status update, where one is concluded here.</param>
    public static Outcome Decide(TaskLife life, TaskCommand command, DateTimeOffset now, Guid freshId) =>
        command switch
        {
            TaskCommand.Stage stage => Stage(life, stage, now, freshId),
            TaskCommand.RefuseLaunch refusal => RefuseLaunch(life, refusal, now, freshId),
            TaskCommand.Report report => Report(life, report, now),
            TaskCommand.Kill kill => Kill(life, kill, now),
            TaskCommand.Preempt preempt => Preempt(life, preempt, now),
            TaskCommand.NothingToKill => NothingToKill(life, now, freshId),
            TaskCommand.LoseAgent loss => LoseAgent(life, loss, now, freshId),
            TaskCommand.Probe probe => Probe(life, probe, now, freshId),
            _ => throw new InvalidOperationException($"no rule for {command.GetType().Name}"),
        };

    /// <summary>The only thing that changes a life.</summary>
    public static TaskLife Apply(TaskLife life, TaskEvent @event) => (life, @event) switch
    {
        (TaskLife.Unheard or TaskLife.Forbidden, TaskEvent.Staged staged) => new TaskLife.Known(
            staged.FrameworkId, staged.Task, staged.Role, staged.AgentId, staged.Session, TaskState.Staging, [], null),
        (TaskLife.Unheard, TaskEvent.Forbidden) => new TaskLife.Forbidden(),
        (TaskLife.Known known, TaskEvent.Updated updated) => known with
        {
            State = updated.Update.State,
            Updates = known.Updates.Add(updated.Update),
        },
        (TaskLife.Known known, TaskEvent.KillRequested kill) => known with
        {
            Kill = new KillOrder(kill.Grace) { PreemptedFor = kill.PreemptedFor },
        },
        _ => throw new InvalidOperationException(
            $"{@event.GetType().Name} cannot follow on a task that is {life.GetType().Name}"),
    };

    private static Outcome Stage(TaskLife life, TaskCommand.Stage stage, DateTimeOffset now, Guid freshId)
    {
        if (life is TaskLife.Known)
        {
            return Outcome.Answered(new TaskReply.Staged());
        }

        var staged = new TaskEvent.Staged(
            stage.FrameworkId, stage.Task, stage.Role, stage.AgentId, stage.Session, now);
        if (life is TaskLife.Unheard)
        {
            return Outcome.Storing(staged).With(new TaskReply.Staged());
        }

        var dropped = new StatusUpdate(stage.Task.TaskId, TaskState.Dropped, StatusSource.Master,
            StatusReason.AgentDisconnected, "the master gave its resources away before the launch began", now)
        {
            AgentId = stage.AgentId,
            Uuid = freshId,
        };
        return new Outcome([staged, new TaskEvent.Updated(dropped, now)], [], new TaskReply.Staged());
    }

    private static Outcome RefuseLaunch(
        TaskLife life, TaskCommand.RefuseLaunch refusal, DateTimeOffset now, Guid freshId)
    {
        if (life is not TaskLife.Known { Ended: false } known)
        {
            return Outcome.Ignored;
        }

        var (state, reason) = refusal.Refusal switch
        {
            LaunchRefusal.StaleSession when known.AgentReported => (TaskState.Gone, StatusReason.AgentRestarted),
            LaunchRefusal.StaleSession => (TaskState.Dropped, StatusReason.AgentRestarted),
            LaunchRefusal.DoesNotFit => (TaskState.Dropped, StatusReason.ResourcesUnknown),
            LaunchRefusal.Invalid => (TaskState.Error, StatusReason.TaskInvalid),
            _ => throw new InvalidOperationException($"no rule for {refusal.Refusal}"),
        };
        return Conclude(known, state, reason, refusal.Message, now, freshId);
    }

    private static Outcome Report(TaskLife life, TaskCommand.Report report, DateTimeOffset now)
    {
        var update = report.Update;
        var uuid = update.Uuid ?? Guid.Empty;
        if (life is not TaskLife.Known known || known.AgentId != report.AgentId)
        {
            return Outcome.Answered(new TaskReply.UpdateStored(uuid, KillIt: !update.State.IsTerminal()));
        }

        var stored = new TaskReply.UpdateStored(uuid, KillIt: known.Ended && !update.State.IsTerminal());
        var repeated = known.Updates.Any(earlier => earlier.Uuid == update.Uuid);
        return repeated || !TaskTransitions.Allows(known.State, update.State)
            ? Outcome.Answered(stored)
            : Outcome.Storing(new TaskEvent.Updated(update, now)).With(stored);
    }

    private static Outcome Kill(TaskLife life, TaskCommand.Kill kill, DateTimeOffset now) =>
        life is TaskLife.Known { Ended: false, Kill: null }
            ? Outcome.Storing(new TaskEvent.KillRequested(kill.Grace, now)).With(new TaskReply.KillNoted())
            : Outcome.Answered(new TaskReply.KillNoted());

    /// <summary>
    /// One order to end is enough: who asked first decides what the end is called. A master that holds an older session
    /// than the task was given in is none any more, and one that holds resources on another agent is told nothing.
    /// </summary>
    private static Outcome Preempt(TaskLife life, TaskCommand.Preempt preempt, DateTimeOffset now)
    {
        if (life is not TaskLife.Known known || known.AgentId != preempt.AgentId || preempt.Session < known.Session)
        {
            return Outcome.Ignored;
        }

        var noted = new TaskReply.PreemptionNoted(known.AgentId);
        return known is { Ended: false, Kill: null }
            ? Outcome.Storing(new TaskEvent.KillRequested(null, now) { PreemptedFor = preempt.For }).With(noted)
            : Outcome.Answered(noted);
    }

    private static Outcome NothingToKill(TaskLife life, DateTimeOffset now, Guid freshId) => life switch
    {
        TaskLife.Known { Ended: false, AgentReported: false, Kill.PreemptedFor.Length: > 0 } staged => Conclude(
            staged, TaskState.Dropped, StatusReason.ContainerPreempted,
            Evidence.DescribePreemption(staged.Kill.PreemptedFor), now, freshId),
        TaskLife.Known { Ended: false, AgentReported: false } staged => Conclude(staged, TaskState.Killed,
            StatusReason.TaskKilledDuringLaunch, "killed before it started", now, freshId),
        TaskLife.Known { Ended: false } ran => Conclude(ran, TaskState.Gone,
            StatusReason.ExecutorTerminated, "its agent no longer holds it and does not know how it ended", now,
            freshId),
        _ => Outcome.Ignored,
    };

    private static Outcome LoseAgent(TaskLife life, TaskCommand.LoseAgent loss, DateTimeOffset now, Guid freshId)
    {
        if (life is not TaskLife.Known { Ended: false } known || known.AgentId != loss.AgentId)
        {
            return Outcome.Ignored;
        }

        if (loss.Gone)
        {
            return Conclude(known, TaskState.GoneByOperator, StatusReason.AgentRemovedByOperator,
                "its agent was declared gone", now, freshId);
        }

        return known.State == TaskState.Unreachable
            ? Outcome.Ignored
            : Conclude(known, TaskState.Unreachable, StatusReason.AgentRemoved,
                "its agent did not answer in time; it may still run", now, freshId);
    }

    private static Outcome Probe(TaskLife life, TaskCommand.Probe probe, DateTimeOffset now, Guid freshId) =>
        life switch
        {
            TaskLife.Unheard => Outcome.Storing(new TaskEvent.Forbidden(now))
                .With(new TaskReply.Standing(TaskStandingKind.NeverHeardOf)),
            TaskLife.Forbidden => Outcome.Answered(new TaskReply.Standing(TaskStandingKind.NeverHeardOf)),
            TaskLife.Known { Ended: true } => Outcome.Answered(new TaskReply.Standing(TaskStandingKind.Ended)),
            TaskLife.Known known when known.AgentId == probe.AgentId && known.Session < probe.ReportedIn =>
                NotHeld(known, now, freshId),
            TaskLife.Known { AgentReported: true } =>
                Outcome.Answered(new TaskReply.Standing(TaskStandingKind.Running)),
            _ => Outcome.Answered(new TaskReply.Standing(TaskStandingKind.Staged)),
        };

    private static Outcome NotHeld(TaskLife.Known known, DateTimeOffset now, Guid freshId) => (known.AgentReported
        ? Conclude(known, TaskState.Gone, StatusReason.AgentRestarted,
            "its agent came back without it and does not know how it ended", now, freshId)
        : Conclude(known, TaskState.Dropped, StatusReason.AgentRestarted,
            "its agent began a new session before the task reached it", now, freshId))
        .With(new TaskReply.Standing(TaskStandingKind.Ended));

    private static Outcome Conclude(
        TaskLife.Known known, TaskState state, StatusReason reason, string message, DateTimeOffset now, Guid freshId)
    {
        var update = new StatusUpdate(known.Task.TaskId, state, StatusSource.Master, reason, message, now)
        {
            AgentId = known.AgentId,
            Uuid = freshId,
        };
        return Outcome.Storing(new TaskEvent.Updated(update, now));
    }
}
