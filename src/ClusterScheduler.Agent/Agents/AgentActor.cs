using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using ClusterScheduler.Agent.Execution;
using ClusterScheduler.Agent.Oversubscription;
using ClusterScheduler.Protocol;
using ClusterScheduler.Runtime.Entities;

namespace ClusterScheduler.Agent.Agents;

/// <summary>
/// One agent: takes up what it held before, registers with the master, runs the tasks that entities give it, each
/// under a runner of its own, and tells what becomes of them. Decides nothing: <see cref="AgentHoldings"/> and the
/// records of the execution do.
/// </summary>
public sealed partial class AgentActor : ReceiveActor, IWithTimers
{
    private readonly AgentOptions _options;
    private readonly Func<IExecution> _open;
    private readonly IAgentIdentity _identity;
    private readonly ClusterRefs _refs = ClusterRefs.Of(Context.System);
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly AgentHoldings _holdings;
    private readonly SortedDictionary<TaskKey, Runner> _runners = [];
    private Task<Opened>? _beginning;
    private IExecution? _execution;
    private AgentId? _id;

    public AgentActor(AgentOptions options, Func<IExecution> open, IAgentIdentity identity)
    {
        _options = options;
        _open = open;
        _identity = identity;
        _holdings = new AgentHoldings(options.Info.Resources, options.EndedMax);
        _oversubscriber = options.Oversubscription is { } settings
            ? new Oversubscriber(settings, options.Info.Resources)
            : null;
        Beginning();
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <param name="options">What the agent is.</param>
    /// <param name="open">Makes the execution; called again after a failure, when the old one is let go.</param>
    /// <param name="identity">Where its id is kept.</param>
    public static Props Props(AgentOptions options, Func<IExecution> open, IAgentIdentity identity) =>
        Akka.Actor.Props.Create(() => new AgentActor(options, open, identity));

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(AgentProtocol.MasterElected));
        Context.System.EventStream.Subscribe(Self, typeof(LinkRestored));
        Begin(0);
    }

    /// <inheritdoc/>
    protected override void PostStop() => _ = LetGoAsync(_beginning);

    /// <summary>A runner keeps nothing of its own: it may start again as often as it fails.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Restart);

    private void Beginning()
    {
        Receive<Opened>(opened =>
        {
            _execution = opened.Execution;
            _id = opened.Id;
            opened.Recovered.ToList().ForEach(Recover);
            Become(Working);
            Self.Tell(RegisterNow.Instance);
        });
        Receive<OpenFailed>(failed =>
        {
            _log.Error(failed.Reason, "agent {0} cannot begin; it tries again", _options.Name);
            Timers.StartSingleTimer(nameof(BeginAgain), new BeginAgain(failed.Attempt + 1),
                _options.Begin.After(failed.Attempt));
        });
        Receive<BeginAgain>(again => Begin(again.Attempt));
        Receive<StopTasks>(_ => Sender.Tell(TasksStopped.Instance));
    }

    private void Working()
    {
        Registration();
        Oversubscription();
        Receive<AgentProtocol.RunTask>(RunTask);
        Receive<AgentProtocol.KillTask>(KillTask);
        Receive<AgentProtocol.UpdateStored>(stored => ToRunner(stored.FrameworkId, stored.TaskId, stored));
        Receive<AgentProtocol.ReportTask>(ReportTask);
        Receive<AgentProtocol.ReadLog>(ReadLog);
        Receive<ExecutionReport>(report =>
        {
            Watch(report);
            ToRunner(report.Key.Framework, report.Key.Task, report);
        });
        Receive<TaskRunnerActor.TaskOver>(over => _holdings.Free(over.Key.Framework, over.Key.Task));
        Receive<TaskRunnerActor.TaskStored>(stored =>
        {
            _runners.Remove(stored.Key);
            _holdings.Forget(stored.Key.Framework, stored.Key.Task);
            _execution!.Release(stored.Key);
        });
        Receive<StopTasks>(_ => _execution!.KillAllAsync().PipeTo(Sender, Self, () => TasksStopped.Instance));
    }

    private void Begin(int attempt)
    {
        var self = Self;
        _beginning = BeginAsync(report => self.Tell(report));
        _beginning.PipeTo(Self, success: opened => opened, failure: reason => new OpenFailed(attempt, reason));
    }

    private async Task<Opened> BeginAsync(Action<ExecutionReport> observer)
    {
        var execution = _open();
        try
        {
            var recovered = await execution.StartAsync(observer, CancellationToken.None).ConfigureAwait(false);
            return new Opened(execution, await _identity.LoadAsync().ConfigureAwait(false), recovered);
        }
        catch
        {
            await execution.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Also of what was opened when nobody was there any more to take it: it would keep the agent's directory from the
    /// next one in this process. A beginning that failed has let go itself.
    /// </summary>
    private static async Task LetGoAsync(Task<Opened>? beginning)
    {
        if (beginning is not null)
        {
            await ((Task)beginning).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (beginning.IsCompletedSuccessfully)
            {
                await (await beginning.ConfigureAwait(false)).Execution.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private void Recover(RecoveredTask task)
    {
        if (_id is null)
        {
            _log.Error("agent {0} has lost its id: task {1} has nobody to report to and is killed",
                _options.Name, task.Key);
            _execution!.Kill(task.Key, TimeSpan.Zero);
            return;
        }

        var manifest = TaskManifest.Parse(task.Manifest);
        _holdings.Hold(task.Key.Framework, task.Key.Task, manifest.Resources);
        var runner = AddRunner(task.Key, manifest);
        if (task.Started is not null)
        {
            Watch(task.Started);
            runner.Tell(task.Started);
        }

        if (task.Ended is not null)
        {
            Watch(task.Ended);
            runner.Tell(task.Ended);
        }

        _log.Info("agent {0} takes up task {1}: {2}", _options.Name, task.Key, task.Ended?.Message ?? "it runs");
    }

    private void RunTask(AgentProtocol.RunTask run)
    {
        var verdict = _holdings.Judge(run.FrameworkId, run.Task, run.Session);
        switch (verdict)
        {
            case LaunchVerdict.Fits:
                var manifest = new TaskManifest(run.Role, run.Task.Resources, run.Task.Priority);
                var key = new TaskKey(run.FrameworkId, run.Task.TaskId);
                _holdings.Hold(run.FrameworkId, run.Task.TaskId, run.Task.Resources);
                AddRunner(key, manifest);
                _execution!.Launch(TaskVariables.RequestOf(run, _id!.Value, _options));
                Answer(TaskProtocol.RunOutcome.Taken, "");
                break;
            case LaunchVerdict.KnownAlready:
                Answer(TaskProtocol.RunOutcome.Taken, "");
                break;
            case LaunchVerdict.StaleSession stale:
                Answer(TaskProtocol.RunOutcome.StaleSession, stale.Message);
                break;
            case LaunchVerdict.DoesNotFit wide:
                Answer(TaskProtocol.RunOutcome.DoesNotFit, wide.Message);
                break;
            case LaunchVerdict.Invalid invalid:
                Answer(TaskProtocol.RunOutcome.Invalid, invalid.Message);
                break;
            case LaunchVerdict.NotYet:
                break;
            default:
                throw new InvalidOperationException($"no answer for {verdict}");
        }

        void Answer(TaskProtocol.RunOutcome outcome, string message) =>
            Sender.Tell(new TaskProtocol.RunAnswered(run.FrameworkId, run.Task.TaskId, outcome, message));
    }

    private void KillTask(AgentProtocol.KillTask kill)
    {
        var key = new TaskKey(kill.FrameworkId, kill.TaskId);
        var isKnown = _runners.ContainsKey(key);
        if (isKnown && kill.PreemptedFor.Length > 0)
        {
            Preempt(key, kill.PreemptedFor);
        }
        else if (isKnown)
        {
            _runners[key].State.IsEnding = true;
            _execution!.Kill(key, kill.Grace);
        }
        else
        {
            // A launch that is still on its way finds its id used up.
            _holdings.Forget(kill.FrameworkId, kill.TaskId);
        }

        Sender.Tell(new TaskProtocol.KillAnswered(kill.FrameworkId, kill.TaskId, isKnown));
    }

    private void Preempt(TaskKey key, string role)
    {
        if (_runners.TryGetValue(key, out var runner))
        {
            runner.State.IsEnding = true;
        }

        _execution!.Preempt(key, role);
    }

    /// <summary>Said only of a session that is open: before that it is not sure what the agent may still take.
    /// </summary>
    private void ReportTask(AgentProtocol.ReportTask report)
    {
        if (_runners.ContainsKey(new TaskKey(report.FrameworkId, report.TaskId)))
        {
            ToRunner(report.FrameworkId, report.TaskId, report);
        }
        else if (_isReported)
        {
            Sender.Tell(new TaskProtocol.TaskNotHeld(
                report.FrameworkId, report.TaskId, _id!.Value, _holdings.Session));
        }
    }

    private void ReadLog(AgentProtocol.ReadLog read)
    {
        var key = new TaskKey(read.FrameworkId, read.TaskId);
        var isOver = !_runners.TryGetValue(key, out var runner) || runner.State.Queue.Latest.IsTerminal();
        var stream = read.Stream == AgentProtocol.LogStream.Stdout ? LogStream.Stdout : LogStream.Stderr;
        _execution!.ReadLogAsync(key, stream, read.Offset, read.Length, CancellationToken.None).PipeTo(
            Sender,
            Self,
            chunk => chunk.Exists
                ? new AgentProtocol.LogRead(chunk.Offset, chunk.Data, chunk.Size, isOver)
                : new AgentProtocol.LogMissing($"task {key} has no {stream} here (any more)"),
            reason => new AgentProtocol.LogMissing($"{stream} of task {key} cannot be read: {reason.Message}"));
    }

    private IActorRef AddRunner(TaskKey key, TaskManifest manifest)
    {
        // Without an id the agent was never registered, and holds no task.
        var context = new RunnerContext(_id!.Value, _refs.Tasks, _options.Update);
        var state = new RunnerState(key, manifest);
        var actor = Context.ActorOf(TaskRunnerActor.Props(state, context));
        _runners.Add(key, new Runner(state, actor));
        return actor;
    }

    private void ToRunner(FrameworkId framework, TaskId task, object message)
    {
        if (_runners.TryGetValue(new TaskKey(framework, task), out var runner))
        {
            runner.Actor.Tell(message);
        }
    }

    /// <summary>
    /// Local, published: the only way to the cluster was cut and is open again; what was said meanwhile is lost.
    /// </summary>
    public sealed record LinkRestored : INoSerializationVerificationNeeded
    {
        public static LinkRestored Instance { get; } = new();
    }

    /// <summary>Local: kill every task, each with its grace; answered with <see cref="TasksStopped"/>.</summary>
    public sealed record StopTasks : INoSerializationVerificationNeeded;

    /// <summary>Local: nothing of any task is left.</summary>
    public sealed record TasksStopped : INoSerializationVerificationNeeded
    {
        public static TasksStopped Instance { get; } = new();
    }

    private sealed record Opened(IExecution Execution, AgentId? Id, ImmutableArray<RecoveredTask> Recovered)
        : INoSerializationVerificationNeeded;

    private sealed record OpenFailed(int Attempt, Exception Reason) : INoSerializationVerificationNeeded;

    private sealed record BeginAgain(int Attempt) : INoSerializationVerificationNeeded;

    private readonly record struct Runner(RunnerState State, IActorRef Actor);
}
