namespace ClusterScheduler.Framework.Tasks;

/// <summary>
/// The durable life of one task: staged before anything runs, driven until the agent took it, every status stored
/// before the agent is told so, passed on until the framework took it, and its resources given back until the master
/// took them. What is owed to whom follows from the stored life; this shell sends it, again and again.
/// </summary>
public sealed partial class TaskActor : DurableActor<TaskLife, TaskEvent, NoEffect>, IWithTimers
{
    private readonly FrameworkId frameworkId;
    private readonly TaskId taskId;
    private readonly ClusterRefs refs = ClusterRefs.Of(Context.System);
    private readonly FreshIds ids = FreshIds.Of(Context.System);
    private readonly RoundTrips roundTrips = RoundTrips.Of(Context.System);
    private readonly Backoff backoff;
    private TaskDelivery delivery;
    private TaskDuties underWay;
    private IActorRef? agent;
    private int attempt;
    private bool reconciles;
    private bool resting;

    public TaskActor(string entityId, Backoff backoff)
        : base("task-" + entityId, TaskLife.Initial, TaskDecider.Apply)
    {
        (frameworkId, taskId) = TaskEntityId.Parse(entityId);
        this.backoff = backoff;
        FromFramework();
        FromAgent();
        FromMaster();
        AgentNews();
        Command<TaskProtocol.ShowTask>(_ => Show());
        Command<Begin>(_ => Drive());
        Command<Again>(_ => Repeat());
        Command<Rest>(_ => GoToRest());
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(string entityId, Backoff backoff) =>
        Akka.Actor.Props.Create<TaskActor>(entityId, backoff);

    /// <inheritdoc/>
    protected override void OnRecovered()
    {
        if (State is TaskLife.Known { Ended: true } over)
        {
            // Of a task that is over only the end is said again: what came before it may have been taken long ago,
            // and must not follow the end (I4).
            delivery = delivery with { Acknowledged = over.Updates.Length - 1 };
        }

        // What woke it is still to come, and may take something off the list: said at once, the end of a task at rest
        // would be acknowledged once more, and that acknowledgement would find it at rest again, without end. With
        // nothing known yet, there is nothing to rest from.
        if (State is TaskLife.Known)
        {
            Self.Tell(Begin.Instance);
        }
    }

    /// <inheritdoc/>
    protected override void Answer(IActorRef asker, object answer)
    {
        switch (answer)
        {
            case TaskReply.Staged:
                asker.Tell(new FrameworkProtocol.TaskStaged(frameworkId, taskId));
                break;
            case TaskReply.KillNoted:
                asker.Tell(new FrameworkProtocol.KillNoted(frameworkId, taskId));
                break;
            case TaskReply.PreemptionNoted noted:
                asker.Tell(new MasterProtocol.PreemptionNoted(frameworkId, taskId, noted.AgentId));
                break;
            case TaskReply.UpdateStored stored:
                asker.Tell(new AgentProtocol.UpdateStored(frameworkId, taskId, stored.Uuid));
                if (stored.KillIt)
                {
                    asker.Tell(new AgentProtocol.KillTask(frameworkId, taskId, null));
                }

                break;
        }
    }

    private void FromFramework()
    {
        Command<TaskProtocol.StageTask>(stage =>
        {
            agent = stage.Agent ?? agent;
            delivery = delivery.AfterSeen(stage.Session);
            if (State is TaskLife.Known { Ended: true } ended)
            {
                // The id was used before: say its end once more, and give back what was granted this time.
                var end = ended.Updates.Length - 1;
                delivery = delivery with { Released = false, Acknowledged = Math.Min(delivery.Acknowledged, end) };
            }

            Decide(new TaskCommand.Stage(
                stage.FrameworkId, stage.Task, stage.Role, stage.AgentId, stage.Session));
        });
        Command<TaskProtocol.AcknowledgeUpdate>(acknowledge =>
        {
            if (State is not TaskLife.Known known)
            {
                return;
            }

            var before = delivery;
            delivery = before.AfterAcknowledgement(known, acknowledge.Uuid);
            if (delivery == before)
            {
                // Said again: what is under way stays so. Sending it once more would be acknowledged once more, and
                // an acknowledgement too many wakes an entity that had come to rest, without end.
                Drive();
            }
            else
            {
                Took(TaskDuties.Forward);
            }
        });
        Command<TaskProtocol.KillTask>(kill =>
        {
            // Whoever counts a task that nobody knows among its own waits for its end.
            reconciles |= State is not TaskLife.Known;
            Decide(new TaskCommand.Kill(kill.Grace));
        });
        Command<TaskProtocol.ResumeTask>(Resume);
        Command<TaskProtocol.ReconcileTask>(_ => Reconcile());
    }

    private void FromAgent()
    {
        Command<TaskProtocol.RunAnswered>(answered =>
        {
            if (answered.Outcome == TaskProtocol.RunOutcome.Taken)
            {
                delivery = delivery with { LaunchTaken = true };
                Took(TaskDuties.Run);
                return;
            }

            Decide(new TaskCommand.RefuseLaunch(Refusal(answered.Outcome), answered.Message));
        });
        Command<TaskProtocol.KillAnswered>(answered =>
        {
            if (!answered.Known)
            {
                Decide(new TaskCommand.NothingToKill());
                return;
            }

            delivery = delivery with { KillTaken = true };
            Took(TaskDuties.Kill);
        });
        Command<TaskProtocol.TaskNotHeld>(missing => Decide(
            new TaskCommand.Probe(missing.AgentId, missing.Session)));
        Command<TaskProtocol.AgentUpdate>(update =>
        {
            agent = update.Agent;
            delivery = delivery.AfterReport(update.Update.State);
            Decide(new TaskCommand.Report(update.AgentId, update.Update));
        });
    }

    private void FromMaster()
    {
        Command<TaskProtocol.PreemptTask>(preempt =>
        {
            if (preempt.Session >= delivery.Seen)
            {
                Decide(new TaskCommand.Preempt(preempt.AgentId, preempt.Session, preempt.For));
            }
        });
        Command<TaskProtocol.ProbeTask>(probe =>
        {
            var asker = Sender;
            Run(TaskDecider.Decide(State, new TaskCommand.Probe(probe.AgentId, probe.ReportedIn), Now, ids.Next()),
                answer =>
                {
                    asker.Tell(new MasterProtocol.TaskProbed(
                        frameworkId, taskId, probe.AgentId, Standing((TaskReply.Standing)answer!)));
                    Drive();
                });
        });
        Command<TaskProtocol.TaskReleased>(_ =>
        {
            delivery = delivery with { Released = true };
            Took(TaskDuties.Release);
        });
    }

    private static DateTimeOffset Now => Context.System.UtcNow();

    private void Decide(TaskCommand command, Action? done = null) =>
        Run(TaskDecider.Decide(State, command, Now, ids.Next()), _ =>
        {
            done?.Invoke();
            Drive();
        });

    /// <summary>
    /// The answer waits for its turn behind the updates that the framework has not taken: given at once, the newest
    /// state would be followed by older ones (I4).
    /// </summary>
    private void Reconcile()
    {
        reconciles = true;
        Drive();
    }

    private void AnswerReconciliation()
    {
        if (!reconciles || State is TaskLife.Known behind && delivery.Acknowledged < behind.Updates.Length)
        {
            return;
        }

        reconciles = false;
        var known = State as TaskLife.Known;
        var newest = known is not null
            ? known.Updates.LastOrDefault() ?? Concluded(known.State, "its launch is under way")
            : Concluded(TaskState.Unknown, "no task of this id was ever staged");
        refs.Frameworks.Tell(new FrameworkProtocol.TaskUpdated(
            frameworkId, newest with { Reason = StatusReason.Reconciliation, Uuid = null })
        {
            Number = known?.Updates.Length ?? 0,
        });
    }

    private StatusUpdate Concluded(TaskState state, string message) =>
        new(taskId, state, StatusSource.Master, StatusReason.Reconciliation, message, Now);

    private void Show()
    {
        var known = State as TaskLife.Known;
        Sender.Tell(new TaskProtocol.TaskShown(frameworkId, taskId, known?.Task, known?.AgentId,
            known?.Task.Resources ?? default, known?.Kill is not null, known?.Updates ?? []));
        Drive();
    }

    private static LaunchRefusal Refusal(TaskProtocol.RunOutcome outcome) => outcome switch
    {
        TaskProtocol.RunOutcome.StaleSession => LaunchRefusal.StaleSession,
        TaskProtocol.RunOutcome.DoesNotFit => LaunchRefusal.DoesNotFit,
        TaskProtocol.RunOutcome.Invalid => LaunchRefusal.Invalid,
        _ => throw new InvalidOperationException($"'{outcome}' is not a refusal"),
    };

    private static MasterProtocol.TaskStanding Standing(TaskReply.Standing standing) => standing.Kind switch
    {
        TaskStandingKind.NeverHeardOf => MasterProtocol.TaskStanding.NeverHeardOf,
        TaskStandingKind.Staged => MasterProtocol.TaskStanding.Staged,
        TaskStandingKind.Running => MasterProtocol.TaskStanding.Running,
        TaskStandingKind.Ended => MasterProtocol.TaskStanding.Ended,
        _ => throw new InvalidOperationException($"no standing {standing.Kind}"),
    };

    private sealed record Begin : INoSerializationVerificationNeeded
    {
        public static Begin Instance { get; } = new();
    }

    private sealed record Again : INotInfluenceReceiveTimeout, INoSerializationVerificationNeeded
    {
        public static Again Instance { get; } = new();
    }

    private sealed record Rest : INoSerializationVerificationNeeded
    {
        public static Rest Instance { get; } = new();
    }
}
