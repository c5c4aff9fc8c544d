using System.Collections.Immutable;
using ClusterScheduler.Core.Execution;

namespace ClusterScheduler.Core.Tests.Execution;

/// <summary>
/// Plays the keeper for one task, from a seed, in virtual time: starts what is asked for, lets runs end as it likes,
/// kills at some moment, and notes whatever must not happen.
/// </summary>
internal sealed class TaskWorld
{
    private const int StepsMax = 5_000;

    private static readonly TimeSpan ServiceLife = TimeSpan.FromMinutes(5);

    private readonly Random _random;
    private readonly PriorityQueue<(string Process, int Run), TimeSpan> _ends = new();
    private readonly Dictionary<string, int> _alive = [];
    private readonly List<TaskRunEvent> _events = [];
    private readonly TimeSpan? _killAt;
    private TimeSpan _now;
    private bool _awaitsTreeGone;
    private bool _isKilled;

    public TaskWorld(int seed)
    {
        _random = new Random(seed);
        Plan = RandomPlan();
        State = TaskRunState.Of(Plan);
        _killAt = _random.Next(3) == 0 ? Seconds(_random.Next(60)) : null;
    }

    public TaskPlan Plan { get; }

    public TaskRunState State { get; private set; }

    /// <summary>What went wrong; null if nothing did.</summary>
    public string? Broken { get; private set; }

    public IReadOnlyList<TaskRunEvent> Events => _events;

    public bool WasKilled => _isKilled;

    /// <summary>Until the task is over.</summary>
    public void Run()
    {
        Give(new TaskRunCommand.Start());
        for (var step = 0; State.Stage != TaskStage.Ended && Broken is null; step++)
        {
            if (step > StepsMax)
            {
                Broken = $"no end after {StepsMax} steps, stage {State.Stage}";
            }

            Step();
        }

        if (Broken is null && TaskRun.Decide(State, new TaskRunCommand.Start(), _now) is { Events.IsEmpty: false })
        {
            Broken = "an ended task took a command";
        }
    }

    private void Step()
    {
        if (_awaitsTreeGone && _alive.Count == 0)
        {
            _awaitsTreeGone = false;
            Give(new TaskRunCommand.ReportTreeGone());
            return;
        }

        var end = _ends.TryPeek(out var ending, out var at) ? at : (TimeSpan?)null;
        var wake = TaskRun.NextWake(State, _now);
        var kill = _isKilled ? null : _killAt ?? (_now > ServiceLife ? _now : null);
        var next = new[] { end, wake, kill }.Min() ?? (_isKilled ? null : (TimeSpan?)ServiceLife);
        if (next is null)
        {
            Broken = $"stuck in {State.Stage}: nothing runs, nothing to wait for";
            return;
        }

        _now = next > _now ? next.Value : _now;
        if (end <= _now)
        {
            _ends.Dequeue();
            End(ending.Process, ending.Run);
        }
        else if (wake <= _now)
        {
            Give(new TaskRunCommand.Wake());
        }
        else if (kill <= _now || _now >= ServiceLife)
        {
            _isKilled = true;
            Give(new TaskRunCommand.Kill(_random.Next(2) == 0 ? null : Seconds(_random.Next(10))));
        }
    }

    private void End(string process, int run)
    {
        if (_alive.GetValueOrDefault(process) != run)
        {
            return;
        }

        _alive.Remove(process);
        Give(new TaskRunCommand.ReportEnded(process, run, RandomStatus(), default));
    }

    private void Give(TaskRunCommand command)
    {
        var decision = TaskRun.Decide(State, command, _now);
        foreach (var @event in decision.Events)
        {
            State = TaskRun.Apply(State, @event);
            _events.Add(@event);
        }

        foreach (var effect in decision.Effects)
        {
            Act(effect);
        }
    }

    private void Act(TaskRunEffect effect)
    {
        switch (effect)
        {
            case TaskRunEffect.Spawn spawn:
                Spawn(spawn);
                break;
            case TaskRunEffect.Terminate:
                _awaitsTreeGone = true;
                foreach (var (process, run) in _alive.Where(_ => _random.Next(3) > 0).ToList())
                {
                    _ends.Enqueue((process, run), _now + Seconds(_random.Next(3)));
                }

                break;
            case TaskRunEffect.Sweep:
                _awaitsTreeGone = true;
                foreach (var (process, run) in _alive.ToList())
                {
                    _ends.Enqueue((process, run), _now);
                }

                break;
            case TaskRunEffect.Announce:
                Check(_alive.Count == 0, "announced an end while a process was alive");
                break;
        }
    }

    private void Spawn(TaskRunEffect.Spawn spawn)
    {
        var name = spawn.Process.Name;
        Check(!_alive.ContainsKey(name), $"two runs of {name} at once");
        Check(
            _events.OfType<TaskRunEvent.ProcessForked>().Any(fork => fork.Process == name && fork.Run == spawn.Run),
            $"run {spawn.Run} of {name} was not on record before its start");
        foreach (var order in Plan.Order.Where(order => order.After == name))
        {
            Check(State.Processes[State.IndexOf(order.Before)].State == ProcessState.Success,
                $"{name} started before {order.Before} had succeeded");
        }

        var ordinaryAlive = _alive.Keys.Any(alive => !Plan.Processes.First(spec => spec.Name == alive).Final);
        Check(!spawn.Process.Final || !ordinaryAlive, $"the final {name} started while an ordinary process ran");
        Check(Plan.MaxConcurrency == 0 || _alive.Count < Plan.MaxConcurrency, "more at once than allowed");
        if (_random.Next(12) == 0)
        {
            var error = new SpawnError(SpawnErrorKind.TooManyProcesses, 11, name);
            Give(new TaskRunCommand.ReportEnded(name, spawn.Run, new ExitStatus.NotStarted(error), default));
            return;
        }

        _alive.Add(name, spawn.Run);
        Give(new TaskRunCommand.ReportStarted(name, spawn.Run, new ProcessIdentity(1_000 + spawn.Run, 1)));
        if (_random.Next(10) > 0)
        {
            _ends.Enqueue((name, spawn.Run), _now + Seconds(_random.Next(20)));
        }
    }

    private void Check(bool isSo, string otherwise) => Broken ??= isSo ? null : otherwise;

    private ExitStatus RandomStatus() => _random.Next(5) switch
    {
        0 => new ExitStatus.Exited(_random.Next(1, 256)),
        1 => new ExitStatus.Signaled(_random.Next(1, 32), _random.Next(2) == 0),
        _ => new ExitStatus.Exited(0),
    };

    private TaskPlan RandomPlan()
    {
        var processes = Enumerable.Range(0, _random.Next(1, 7)).Select(index => new ProcessSpec($"p{index}", ["true"])
        {
            MaxFailures = _random.Next(4),
            Daemon = _random.Next(8) == 0,
            Ephemeral = index > 0 && _random.Next(6) == 0,
            Final = index > 0 && _random.Next(4) == 0,
            MinDuration = Seconds(_random.Next(6)),
        }).ToImmutableArray();
        var order = Enumerable.Range(0, _random.Next(6))
            .Select(_ => (Before: _random.Next(processes.Length), After: _random.Next(processes.Length)))
            .Where(pair => pair.Before < pair.After && processes[pair.Before].Final == processes[pair.After].Final
                && !processes[pair.Before].Daemon)
            .Select(pair => new ProcessOrder(processes[pair.Before].Name, processes[pair.After].Name));
        return new TaskPlan(
            processes, [.. order], _random.Next(3), _random.Next(4), Seconds(_random.Next(10)),
            Seconds(_random.Next(30)), []);
    }

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);
}
