using Akka.Actor;
using Akka.Event;
using ClusterScheduler.Agent.Execution;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Protocol;
using ClusterScheduler.Runtime.Delivery;
using ClusterScheduler.Runtime.Inputs;

namespace ClusterScheduler.Agent.Agents;

/// <summary>
/// One task on an agent: turns what happens to it into status updates and sends each, in order, until its entity has
/// stored it. What it knows lies in a <see cref="RunnerState"/> of its parent, so that a restart loses nothing.
/// </summary>
internal sealed class TaskRunnerActor : ReceiveActor, IWithTimers
{
    private const string AgainTimer = "again";

    private readonly RunnerState _state;
    private readonly RunnerContext _context;
    private int _attempt;

    public TaskRunnerActor(RunnerState state, RunnerContext context)
    {
        _state = state;
        _context = context;
        Receive<ExecutionReport.Started>(started => Add(TaskReports.Running(
            _state.Key.Framework, _state.Key.Task, _context.AgentId, started.At)));
        Receive<ExecutionReport.Ended>(Ended);
        Receive<AgentProtocol.UpdateStored>(Stored);
        Receive<AgentProtocol.ReportTask>(_ => ReportAgain());
        Receive<SendAgain>(_ =>
        {
            _attempt++;
            Send();
        });
        Receive<SendAtOnce>(_ =>
        {
            _attempt = 0;
            Send();
        });
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(RunnerState state, RunnerContext context) =>
        Akka.Actor.Props.Create(() => new TaskRunnerActor(state, context));

    /// <inheritdoc/>
    protected override void PreStart() => Send();

    /// <inheritdoc/>
    protected override void PreRestart(Exception reason, object? message)
    {
        Context.GetLogger().Error(reason, "runner of task {0} starts again", _state.Key);
        base.PreRestart(reason, message);
    }

    private void Ended(ExecutionReport.Ended ended)
    {
        Add(TaskReports.Ended(
            _state.Key.Framework, _state.Key.Task, _context.AgentId, ended.Result.Outcome, ended.Message,
            ended.Evidence, ended.At));
        Context.Parent.Tell(new TaskOver(_state.Key));
    }

    private void Add(StatusUpdate update)
    {
        var wasIdle = _state.Queue.Head is null;
        _state.Last = update;
        _state.Queue = _state.Queue.Add(update);
        if (wasIdle)
        {
            _attempt = 0;
            Send();
        }
    }

    private void Stored(AgentProtocol.UpdateStored stored)
    {
        var before = _state.Queue;
        _state.Queue = before.Stored(stored.Uuid);
        if (_state.Queue.IsDone)
        {
            Context.Parent.Tell(new TaskStored(_state.Key));
            Context.Stop(Self);
        }
        else if (before != _state.Queue)
        {
            _attempt = 0;
            Send();
        }
    }

    private void ReportAgain()
    {
        _state.Queue = _state.Queue.Again(
            FreshIds.Of(Context.System).Next(), Context.System.UtcNow(), _state.Last);
        _attempt = 0;
        Send();
    }

    private void Send()
    {
        if (_state.Queue.Head is not { } head)
        {
            Timers.Cancel(AgainTimer);
            return;
        }

        _context.Tasks.Tell(
            new TaskProtocol.AgentUpdate(
                _state.Key.Framework, _state.Key.Task, _context.AgentId, head, _state.Queue.Latest, Context.Parent),
            Context.Parent);
        Timers.StartSingleTimer(AgainTimer, SendAgain.Instance, _context.Update.After(_attempt));
    }

    /// <summary>To the parent: what it used is free.</summary>
    public sealed record TaskOver(TaskKey Key) : INoSerializationVerificationNeeded;

    /// <summary>To the parent: its end is stored, it can be forgotten.</summary>
    public sealed record TaskStored(TaskKey Key) : INoSerializationVerificationNeeded;

    /// <summary>From the parent: what was sent is lost; do not wait with the repetition.</summary>
    public sealed record SendAtOnce : INoSerializationVerificationNeeded
    {
        public static SendAtOnce Instance { get; } = new();
    }

    private sealed record SendAgain : INotInfluenceReceiveTimeout, INoSerializationVerificationNeeded
    {
        public static SendAgain Instance { get; } = new();
    }
}

/// <summary>What a runner knows of its task; outlives the runner's restarts.</summary>
internal sealed class RunnerState(TaskKey key, TaskManifest manifest)
{
    public TaskKey Key { get; } = key;

    public TaskManifest Manifest { get; } = manifest;

    public StatusQueue Queue { get; set; } = StatusQueue.Empty;

    /// <summary>The newest update, stored or not; none before the first.</summary>
    public StatusUpdate? Last { get; set; }

    /// <summary>It is being killed. Not kept over a restart of the agent.</summary>
    public bool IsEnding { get; set; }

    /// <summary>For the report to the master: its newest state, or that it is on its way out.</summary>
    public TaskState Reported => IsEnding && !Queue.Latest.IsTerminal() ? TaskState.Killing : Queue.Latest;
}

/// <summary>What all runners of an agent share.</summary>
/// <param name="AgentId">Whose tasks.</param>
/// <param name="Tasks">Takes updates to the tasks' entities.</param>
/// <param name="Update">Between repetitions.</param>
internal sealed record RunnerContext(AgentId AgentId, IActorRef Tasks, Backoff Update);
