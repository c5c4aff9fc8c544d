using System.Collections.Immutable;
using ClusterScheduler.Core.Decisions;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Jobs.Life;

/// <summary>What status updates, and their absence, do to instances. Many updates are decided together, so that they
/// share one write.</summary>
internal static class StatusDecider
{
    public static Decision<JobEvent, JobEffect> Record(
        JobBook book, ImmutableArray<StatusUpdate> updates, DateTimeOffset now, JobPolicy policy)
    {
        var round = new Round(book);
        foreach (var update in updates)
        {
            Record(round, update, now, policy);
            if (update.Uuid is not null)
            {
                round.Effects.Add(new JobEffect.Acknowledge(update));
            }
        }

        return round.Decision;
    }

    /// <summary>Agents that lost contact longer ago than is waited for: their tasks are tried elsewhere, and killed
    /// where they are should they return.</summary>
    public static Decision<JobEvent, JobEffect> GiveUpPartitioned(JobBook book, DateTimeOffset now, JobPolicy policy)
    {
        var round = new Round(book);
        foreach (var job in book.Jobs.Values.Where(job => job.Partitioned > 0))
        {
            foreach (var (number, instance) in job.Touched)
            {
                if (instance.Phase == InstancePhase.Partitioned && instance.Since + policy.PartitionDelay <= now)
                {
                    var id = new AttemptId(job.Incarnation, number, instance.Attempt);
                    var lost = new StatusUpdate(id.ToTaskId(job.Spec.Key.Name), TaskState.Lost, StatusSource.Master,
                        StatusReason.AgentRemoved, "its agent did not come back in time", now);
                    End(round, job, id, InstanceOutcome.IsLost, lost, now, policy);
                }
            }
        }

        return round.Decision;
    }

    private static void Record(Round round, StatusUpdate update, DateTimeOffset now, JobPolicy policy)
    {
        if (!AttemptId.TryParse(update.TaskId, out var id)
            || round.Book.Jobs.GetValueOrDefault(id.Incarnation) is not { } job
            || job.Instance(id.Instance) is not { } instance || instance.Attempt != id.Attempt)
        {
            KillStray(round, update);
            return;
        }

        var outcome = InstanceTransitions.Next(instance.Phase, update.State);
        switch (outcome)
        {
            case InstanceOutcome.Unchanged:
                break;
            case InstanceOutcome.Stale:
                KillStray(round, update);
                break;
            case InstanceOutcome.Runs or InstanceOutcome.Parts:
                var phase = outcome == InstanceOutcome.Runs ? InstancePhase.Running : InstancePhase.Partitioned;
                if (instance.Phase != phase)
                {
                    round.Add(new JobEvent.Seen(id, phase, now));
                }

                break;
            default:
                End(round, job, id, outcome, update, now, policy);
                break;
        }
    }

    private static void End(
        Round round, JobState job, AttemptId id, InstanceOutcome outcome, StatusUpdate update, DateTimeOffset now,
        JobPolicy policy)
    {
        var instance = job.Instance(id.Instance);
        var pause = outcome switch
        {
            InstanceOutcome.Fails => policy.RetryDelay(instance.Failures + 1),
            InstanceOutcome.IsLost => policy.RetryDelay(instance.LossesInARow + 1),
            _ => TimeSpan.Zero,
        };
        round.Add(new EndedAttempt(id, outcome, now + pause, new AttemptEnd(update.TaskId, instance.Hostname,
            update.State, update.Reason, update.Message, update.Evidence, now)));
        if (!update.State.IsTerminal() || update.State == TaskState.Lost)
        {
            // Nobody is sure that it does not run any more: it must not run beside its successor.
            round.Effects.Add(new JobEffect.Kill(update.TaskId, instance.Agent));
        }
    }

    /// <summary>A task that is not known, or an attempt that was given up, must not run (Aurora does the
    /// same).</summary>
    private static void KillStray(Round round, StatusUpdate update)
    {
        var isAlive = update.State is TaskState.Staging or TaskState.Starting or TaskState.Running;
        if (isAlive)
        {
            round.Effects.Add(new JobEffect.Kill(update.TaskId, update.AgentId));
        }
    }

    /// <summary>The book as it becomes within one decision, and what the decision collects.</summary>
    private sealed class Round(JobBook book)
    {
        private readonly ImmutableArray<JobEvent>.Builder _events = ImmutableArray.CreateBuilder<JobEvent>();
        private readonly List<EndedAttempt> _ends = [];

        public JobBook Book { get; private set; } = book;

        public List<JobEffect> Effects { get; } = [];

        public Decision<JobEvent, JobEffect> Decision
        {
            get
            {
                CloseEnds();
                return new Decision<JobEvent, JobEffect>(_events.ToImmutable(), [.. Effects], null);
            }
        }

        public void Add(JobEvent.Seen seen)
        {
            CloseEnds();
            _events.Add(seen);
            Book = Book.Apply(seen);
        }

        /// <summary>Ends that come one after the other are one event.</summary>
        public void Add(EndedAttempt end)
        {
            _ends.Add(end);
            Book = Book.Apply(new JobEvent.Ended([end]));
        }

        private void CloseEnds()
        {
            if (_ends.Count > 0)
            {
                _events.Add(new JobEvent.Ended([.. _ends]));
                _ends.Clear();
            }
        }
    }
}
