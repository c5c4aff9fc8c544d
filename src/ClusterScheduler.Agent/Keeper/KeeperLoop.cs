using System.Diagnostics;
using ClusterScheduler.Agent.Processes;
using ClusterScheduler.Core.Execution;

namespace ClusterScheduler.Agent.Keeper;

/// <summary>
/// The keeper's one thread: starts, watches, signals and reaps the processes of all tasks of one agent, and tells the
/// agent. It must run on the thread of Main, because that is where the kernel puts orphans.
/// </summary>
internal sealed class KeeperLoop : IKeeperHost, IDisposable
{
    /// <summary>So many requests between two looks at what has ended.</summary>
    private const int RequestsPerTurn = 8;

    private static readonly TimeSpan RotationPause = TimeSpan.FromSeconds(1);

    private readonly KeeperOptions _options;
    private readonly ProcessIdentity _self;
    private readonly string _bootId = ProcFs.BootId();
    private readonly KeeperPoll _poll;
    private readonly Reaper _reaper;
    private readonly ProcessStarter _starter = new();
    private readonly Dictionary<string, KeptTask> _tasks = new(StringComparer.Ordinal);
    private readonly Dictionary<int, KeptTask> _leaders = [];
    private readonly Dictionary<int, (string Process, int Run)> _runs = [];
    private readonly PriorityQueue<KeptTask, TimeSpan> _wakes = new();
    private readonly HashSet<KeptTask> _awaiting = [];
    private readonly Queue<KeeperRequest> _requests = new();
    private readonly TaskTrees _trees;
    private AgentConnection? _agent;
    private TimeSpan _idleSince;
    private TimeSpan _nextRotation;
    private bool _isClosing;
    private bool _treesChanged;

    public KeeperLoop(KeeperOptions options)
    {
        _options = options;
        _self = ProcFs.Identity(Libc.GetPid()) ?? default;
        _poll = new KeeperPoll(options.Listener);
        _reaper = new Reaper(_poll.WakeUp);
        _trees = new TaskTrees(_leaders);
        _idleSince = Now;
    }

    public TimeSpan Now => Stopwatch.GetElapsedTime(0);

    /// <summary>Until there is nothing more to do.</summary>
    public void Run()
    {
        while (!IsDone())
        {
            _poll.Wait(_agent, NextTimeout());
            if (_poll.HasConnection)
            {
                Accept();
            }

            if (_agent is { } agent && _poll.IsReadable(agent) && !agent.Receive(_requests))
            {
                LoseAgent(agent);
            }

            Reap();
            for (var left = RequestsPerTurn; left > 0 && _requests.TryDequeue(out var request); left--)
            {
                Take(request);
            }

            WakeTasks();
            CheckTrees();
            if (_agent is { } reader && !reader.Flush())
            {
                LoseAgent(reader);
            }
        }
    }

    public void Dispose()
    {
        _agent?.Dispose();
        _starter.Dispose();
        _reaper.Dispose();
        foreach (var task in _tasks.Values)
        {
            task.Dispose();
        }
    }

    public (ProcessIdentity Identity, SpawnError? Error) Start(KeptTask task, ProcessSpec process, int run)
    {
        var (pid, error) = _starter.Start(task.Order, process);
        if (error is not null)
        {
            return (default, error);
        }

        _leaders.Add(pid, task);
        _runs.Add(pid, (process.Name, run));
        _trees.AddSession(task, pid);
        _reaper.LookAgain();
        return (ProcFs.Identity(pid) ?? new ProcessIdentity(pid, 0), null);
    }

    public void Terminate(KeptTask task)
    {
        var tree = new List<ProcessFacts>();
        _trees.Collect(task, tree);
        ProcessTree.Terminate(tree);
        Await(task);
    }

    public void Sweep(KeptTask task)
    {
        ProcessTree.Sweep(found => _trees.Collect(task, found));
        Await(task);
    }

    public void Report(KeeperReport report)
    {
        if (_agent is { IsGreeted: true } agent)
        {
            agent.Send(report);
        }
    }

    public void Over(KeptTask task)
    {
        _trees.Remove(task);
        _idleSince = Now;
    }

    private bool IsDone()
    {
        var isIdle = _requests.Count == 0 && _leaders.Count == 0 && _tasks.Values.All(task => task.IsOver);
        if (_isClosing)
        {
            return isIdle && _agent is not { HasUnsent: true };
        }

        return isIdle && _agent is null && Now - _idleSince > _options.Linger;
    }

    private TimeSpan? NextTimeout()
    {
        if (_requests.Count > 0)
        {
            return TimeSpan.Zero;
        }

        TimeSpan? next = _leaders.Count > 0 ? _nextRotation : _agent is null ? _idleSince + _options.Linger : null;
        if (_wakes.TryPeek(out _, out var wake) && (next is null || wake < next))
        {
            next = wake;
        }

        return next - Now;
    }

    private void Accept()
    {
        if (_poll.Accept() is not { } agent)
        {
            return;
        }

        if (_isClosing)
        {
            agent.Dispose();
            return;
        }

        // An agent's directory is locked against a second agent: whoever comes is the newest incarnation.
        _agent?.Dispose();
        _agent = agent;
    }

    private void LoseAgent(AgentConnection agent)
    {
        KeeperLog.Write(_options.DiesWithAgent ? "the agent is gone: killing all tasks" : "the agent is gone");
        agent.Dispose();
        _agent = null;
        _idleSince = Now;
        if (_options.DiesWithAgent)
        {
            // Nobody is left who would wait for a grace.
            _requests.Clear();
            Close(TimeSpan.Zero);
        }
    }

    private void Close(TimeSpan? grace)
    {
        _isClosing = true;
        foreach (var task in _tasks.Values.ToList())
        {
            task.Handle(new TaskRunCommand.Kill(grace));
            Schedule(task);
        }
    }

    private void Take(KeeperRequest request)
    {
        switch (request)
        {
            case KeeperRequest.Hello hello:
                Greet(hello);
                break;
            case KeeperRequest.Launch launch:
                Launch(launch.Order);
                break;
            case KeeperRequest.Kill kill when _tasks.TryGetValue(kill.Key, out var task):
                task.Handle(new TaskRunCommand.Kill(kill.Grace));
                Schedule(task);
                break;
            case KeeperRequest.Release release when _tasks.TryGetValue(release.Key, out var task) && task.IsOver:
                _tasks.Remove(release.Key);
                task.Dispose();
                break;
            case KeeperRequest.Shutdown:
                Close(grace: null);
                break;
            default:
                break;
        }
    }

    private void Greet(KeeperRequest.Hello hello)
    {
        if (_agent is not { } agent)
        {
            return;
        }

        agent.Send(new KeeperReport.Welcome(KeeperCodec.Version, _self));
        agent.IsGreeted = hello.Version == KeeperCodec.Version;
        if (!agent.IsGreeted)
        {
            KeeperLog.Write($"an agent of version {hello.Version} came; this keeper speaks {KeeperCodec.Version}");
            return;
        }

        foreach (var task in _tasks.Values)
        {
            foreach (var report in task.Reports)
            {
                agent.Send(report);
            }
        }

        agent.Send(new KeeperReport.AllSaid());
    }

    private void Launch(LaunchOrder order)
    {
        if (_tasks.TryGetValue(order.Key, out var known))
        {
            foreach (var report in known.Reports)
            {
                Report(report);
            }

            return;
        }

        var (record, error) = RunLogFile.Create(
            order.Record, new RunLogOpening.Opened(_bootId, DateTimeOffset.UtcNow, _self));
        if (record is null)
        {
            Report(new KeeperReport.NotTaken(order.Key, error!));
            return;
        }

        var task = new KeptTask(order, record, this);
        _tasks.Add(order.Key, task);
        _trees.Add(task);
        task.Handle(new TaskRunCommand.Start());
        Schedule(task);
    }

    private void Reap()
    {
        var isAny = false;
        while (ReapedChild.Next() is { } child)
        {
            isAny = true;
            if (_leaders.Remove(child.Pid, out var task) && _runs.Remove(child.Pid, out var run))
            {
                task.Handle(new TaskRunCommand.ReportEnded(run.Process, run.Run, child.Status, child.Usage));
                Schedule(task);
            }
        }

        if (isAny)
        {
            _treesChanged = true;
            _reaper.LookAgain();
        }
    }

    private void WakeTasks()
    {
        var now = Now;
        while (_wakes.TryPeek(out var task, out var at) && at <= now)
        {
            _wakes.Dequeue();
            if (task.Wake == at)
            {
                task.Handle(new TaskRunCommand.Wake());
                Schedule(task);
            }
        }

        if (now >= _nextRotation)
        {
            _nextRotation = now + RotationPause;
            foreach (var task in _leaders.Values.Distinct())
            {
                Rotate(task);
            }
        }
    }

    private static void Rotate(KeptTask task)
    {
        try
        {
            LogRotation.Check(task.Order);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            KeeperLog.Write($"{task.Order.Key}: logs not rotated: {exception.Message}");
        }
    }

    /// <summary>Tasks that wait for their trees: gone, or to be swept once more.</summary>
    private void CheckTrees()
    {
        while (_treesChanged)
        {
            _treesChanged = false;
            foreach (var task in _awaiting.ToList())
            {
                if (_trees.IsGone(task))
                {
                    _awaiting.Remove(task);
                    task.Handle(new TaskRunCommand.ReportTreeGone());
                    Schedule(task);
                }
                else if (task.State.SweepOrdered)
                {
                    ProcessTree.Sweep(found => _trees.Collect(task, found));
                }
            }
        }
    }

    private void Await(KeptTask task)
    {
        _awaiting.Add(task);
        _treesChanged = true;
    }

    private void Schedule(KeptTask task)
    {
        if (task.Wake is { } wake)
        {
            _wakes.Enqueue(task, wake);
        }
    }
}
