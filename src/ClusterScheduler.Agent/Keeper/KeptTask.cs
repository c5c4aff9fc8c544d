using System.Text;
using ClusterScheduler.Core.Execution;

namespace ClusterScheduler.Agent.Keeper;

/// <summary>One task in the keeper: takes the decider's events to the record, then acts on the effects.</summary>
internal sealed class KeptTask(LaunchOrder order, RunLogFile record, IKeeperHost host) : IDisposable
{
    private readonly Queue<TaskRunCommand> _commands = new();
    private readonly StringBuilder _unsaved = new();
    private bool _isHandling;
    private KeeperReport.Started? _started;
    private KeeperReport.Ended? _ended;

    public LaunchOrder Order { get; } = order;

    public TaskRunState State { get; private set; } = TaskRunState.Of(order.Plan);

    public bool IsOver => State.Stage == TaskStage.Ended;

    /// <summary>Leaders of the sessions of all its runs, ended ones too.</summary>
    public List<int> Sessions { get; } = [];

    /// <summary>When it wants to be woken; none: never.</summary>
    public TimeSpan? Wake { get; private set; }

    /// <summary>What an agent that comes anew must hear.</summary>
    public IEnumerable<KeeperReport> Reports => (_started, _ended) switch
    {
        (null, null) => [new KeeperReport.Held(Order.Key)],
        ({ } started, null) => [started],
        (null, { } ended) => [ended],
        ({ } started, { } ended) => [started, ended],
    };

    /// <summary>Takes one command through decide, store, apply, act, and whatever follows from that.</summary>
    public void Handle(TaskRunCommand command)
    {
        _commands.Enqueue(command);
        if (_isHandling)
        {
            return;
        }

        _isHandling = true;
        while (_commands.TryDequeue(out var next))
        {
            var decision = TaskRun.Decide(State, next, host.Now);
            foreach (var @event in decision.Events)
            {
                _unsaved.Append(RunLogCodec.Encode(@event));
                State = TaskRun.Apply(State, @event);
            }

            foreach (var effect in decision.Effects)
            {
                Act(effect);
            }
        }

        _isHandling = false;
        _ = Save();
        Wake = TaskRun.NextWake(State, host.Now);
    }

    public void Dispose() => record.Dispose();

    private void Act(TaskRunEffect effect)
    {
        switch (effect)
        {
            case TaskRunEffect.Spawn spawn:
                Start(spawn);
                break;
            case TaskRunEffect.Terminate:
                host.Terminate(this);
                break;
            case TaskRunEffect.Sweep:
                host.Sweep(this);
                break;
            case TaskRunEffect.Announce announce:
                _ = Save();
                _ended = new KeeperReport.Ended(Order.Key, announce.Result, DateTimeOffset.UtcNow);
                host.Over(this);
                host.Report(_ended);
                break;
            default:
                throw new InvalidOperationException($"{effect} is no effect of a task's run.");
        }
    }

    private void Start(TaskRunEffect.Spawn spawn)
    {
        var (identity, error) = Save() is { } unsaved ? (default, unsaved) : host.Start(this, spawn.Process, spawn.Run);
        if (error is not null)
        {
            Handle(new TaskRunCommand.ReportEnded(
                spawn.Process.Name, spawn.Run, new ExitStatus.NotStarted(error), default));
            return;
        }

        Handle(new TaskRunCommand.ReportStarted(spawn.Process.Name, spawn.Run, identity));
        if (_started is null)
        {
            _started = new KeeperReport.Started(Order.Key, identity, DateTimeOffset.UtcNow);
            host.Report(_started);
        }
    }

    private SpawnError? Save()
    {
        var lines = _unsaved.ToString();
        _unsaved.Clear();
        return record.Append(lines);
    }
}
