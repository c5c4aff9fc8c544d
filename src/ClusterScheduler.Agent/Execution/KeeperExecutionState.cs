using System.Collections.Immutable;
using ClusterScheduler.Agent.Keeper;
using ClusterScheduler.Agent.Processes;
using ClusterScheduler.Core.Execution;

namespace ClusterScheduler.Agent.Execution;

/// <summary>All that a <see cref="KeeperExecution"/> knows; touched by its loop only.</summary>
internal sealed class KeeperExecutionState : IDisposable
{
    private readonly ExecutionSettings _settings;
    private readonly AgentDirectory _directory;
    private readonly KeeperConnector _keeper;
    private readonly SandboxCollector _sandboxes;
    private readonly VolumeFolders _volumes;
    private readonly string _bootId = ProcFs.BootId();
    private readonly Dictionary<string, HeldTask> _tasks = new(StringComparer.Ordinal);
    private Action<ExecutionReport> _observer = _ => { };
    private TaskCompletionSource? _killAll;

    public KeeperExecutionState(ExecutionSettings settings, AgentDirectory directory, Action<ExecutionInput> post)
    {
        _settings = settings;
        _directory = directory;
        _sandboxes = new SandboxCollector(directory, settings);
        _volumes = new VolumeFolders(directory.Volumes);
        _keeper = new KeeperConnector(
            new KeeperLauncher(directory.Keeper, settings.KeeperCommand, settings.DiesWithAgent, settings.Linger),
            post);
    }

    /// <summary>Takes up what an earlier agent left, and sees to it that there is a keeper.</summary>
    public async Task<ImmutableArray<RecoveredTask>> RecoverAsync(
        Action<ExecutionReport> observer, CancellationToken cancellation)
    {
        var records = TaskRecords.Read(_directory, _settings.Warn);
        foreach (var (folder, record) in records)
        {
            _tasks[record.Key.Path] = new HeldTask(record.Key, folder, record.Processes, record.BootId);
        }

        await _keeper.FindAsync(Hear, cancellation).ConfigureAwait(false);
        ConcludeUnheld();
        if (_keeper.Link is null)
        {
            _keeper.Connect();
            await FlushAsync().ConfigureAwait(false);
        }

        _sandboxes.Begin(_tasks.Values.Select(task => task.Folder.Sandbox));
        _observer = observer;
        return
        [
            .. records.OrderBy(pair => pair.Record.Key).Select(pair =>
            {
                var task = _tasks[pair.Record.Key.Path];
                return new RecoveredTask(task.Key, pair.Record.Manifest, task.Started, task.Ended);
            }),
        ];
    }

    public void Handle(ExecutionInput input)
    {
        switch (input)
        {
            case ExecutionInput.Launch launch:
                Launch(launch.Request);
                break;
            case ExecutionInput.Kill kill when _tasks.TryGetValue(kill.Key.Path, out var task) && task.Ended is null:
                Kill(task, kill.Grace);
                break;
            case ExecutionInput.Preempt preempt
                when _tasks.TryGetValue(preempt.Key.Path, out var task) && task.Ended is null:
                Preempt(task, preempt.Role);
                break;
            case ExecutionInput.Release release:
                Release(release.Key);
                break;
            case ExecutionInput.DestroyVolumes destroy:
                _volumes.Destroy(destroy.Names);
                break;
            case ExecutionInput.KeepVolumes keep:
                _volumes.Keep(keep.Names);
                break;
            case ExecutionInput.KillAll killAll:
                _killAll = killAll.Over;
                Send(new KeeperRequest.Shutdown());
                break;
            case ExecutionInput.FromKeeper { Report: var report } from when from.Link == _keeper.Link:
                Hear(report);
                break;
            case ExecutionInput.LinkEnded ended when ended.Link == _keeper.Link:
                LoseKeeper();
                break;
            case ExecutionInput.Connect when _keeper.Link is null:
                _keeper.Connect();
                break;
            default:
                break;
        }
    }

    public ValueTask FlushAsync() => _keeper.Link?.FlushAsync() ?? ValueTask.CompletedTask;

    public void Dispose() => _keeper.Dispose();

    private void Send(KeeperRequest request)
    {
        if (_keeper.IsReady)
        {
            _keeper.Link?.Add(request);
        }
    }

    private void Preempt(HeldTask task, string role)
    {
        task.PreemptedFor = role;
        try
        {
            task.Folder.MarkPreempted(role);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Only an agent that starts before the task has ended would say that it was killed.
            _settings.Warn($"{task.Key}: its preemption cannot be noted: {exception.Message}");
        }

        Kill(task, null);
    }

    private void Kill(HeldTask task, TimeSpan? grace)
    {
        task.Kill = new KeeperRequest.Kill(task.Key.Path, grace);
        Send(task.Kill);
    }

    private void Launch(LaunchRequest request)
    {
        var folder = _directory.Of(request.Key);
        var order = new LaunchOrder(
            request.Key.Path, request.Plan, TaskEnvironment.Compose(request, folder.Sandbox), folder.Sandbox,
            folder.Started, _settings.LogBytesMax, _settings.LogBackups);
        var task = new HeldTask(request.Key, folder, request.Plan.Processes.Length, _bootId) { Order = order };
        if (!_tasks.TryAdd(order.Key, task))
        {
            return;
        }

        try
        {
            folder.Create(new TaskRecord(request.Key, _bootId, task.Processes, request.Manifest));
            foreach (var volume in request.Volumes)
            {
                _volumes.Attach(volume, folder.Sandbox);
            }

            if (request.SharedDirectory.Length > 0)
            {
                PrivatePath.CreateDirectory(request.SharedDirectory);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            EndUnstarted(task, SandboxErrors.Of(exception, folder.Sandbox));
            return;
        }

        if (_keeper.HasGivenUp)
        {
            EndUnstarted(task, KeeperMissing());
        }

        Hand(task);
    }

    /// <summary>Gives a task to the keeper, now or as soon as it is ready.</summary>
    private void Hand(HeldTask task)
    {
        if (!_keeper.IsReady || task.Ended is not null)
        {
            return;
        }

        task.IsHeld = true;
        Send(new KeeperRequest.Launch(task.Order!));
        if (task.Kill is not null)
        {
            Send(task.Kill);
        }
    }

    private void Release(TaskKey key)
    {
        if (!_tasks.TryGetValue(key.Path, out var task) || task.Ended is null)
        {
            return;
        }

        _tasks.Remove(key.Path);
        Send(new KeeperRequest.Release(key.Path));
        try
        {
            task.Folder.Retire();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What stays is read again by the next agent, which reports the same end once more: harmless.
            _settings.Warn($"{key}: its record cannot be moved: {exception.Message}");
        }

        _sandboxes.Add(task.Folder.Sandbox);
    }

    private void Hear(KeeperReport report)
    {
        switch (report)
        {
            case KeeperReport.Held held when _tasks.TryGetValue(held.Key, out var task):
                task.IsHeld = true;
                break;
            case KeeperReport.Started started when _tasks.TryGetValue(started.Key, out var task):
                task.IsHeld = true;
                if (task.Started is null)
                {
                    task.Started = new ExecutionReport.Started(task.Key, started.At);
                    _observer(task.Started);
                }

                break;
            case KeeperReport.Ended ended when _tasks.TryGetValue(ended.Key, out var task):
                task.IsHeld = true;
                End(task, ended.Result, ended.At);
                break;
            case KeeperReport.Ended unknown:
                // Its release was lost on the way.
                Send(new KeeperRequest.Release(unknown.Key));
                break;
            case KeeperReport.NotTaken refused when _tasks.TryGetValue(refused.Key, out var task):
                NotTaken(task, refused.Error);
                break;
            case KeeperReport.AllSaid:
                KeeperIsReady();
                break;
            default:
                break;
        }
    }

    private void KeeperIsReady()
    {
        _keeper.Ready();
        foreach (var task in _tasks.Values.Where(task => task is { IsHeld: false, Ended: null }).ToList())
        {
            if (task.Order is not null && !File.Exists(task.Folder.Started))
            {
                Hand(task);
            }
        }

        ConcludeUnheld();
        if (_killAll is not null)
        {
            Send(new KeeperRequest.Shutdown());
        }
    }

    private void LoseKeeper()
    {
        _keeper.Lose();
        foreach (var task in _tasks.Values)
        {
            task.IsHeld = false;
        }

        if (_killAll is not null)
        {
            ConcludeUnheld();
            _killAll.TrySetResult();
            return;
        }

        if (_keeper.HasGivenUp)
        {
            foreach (var task in _tasks.Values.Where(task => task.Ended is null && task.Order is not null).ToList())
            {
                EndUnstarted(task, KeeperMissing());
            }
        }

        _keeper.ConnectLater();
    }

    /// <summary>What no keeper holds and none will be given: make its end sure, then say it.</summary>
    private void ConcludeUnheld()
    {
        foreach (var task in _tasks.Values.Where(task => task is { IsHeld: false, Ended: null }).ToList())
        {
            Conclude(task);
        }
    }

    private void Conclude(HeldTask task)
    {
        var result = TaskRecovery.Conclude(task.Folder, task.TakenIn, _bootId);
        var at = File.GetLastWriteTimeUtc(task.Folder.Started);
        if (task.Started is null && task.Folder.ReadRunLog() is { HasStarted: true, Opening: { } opening })
        {
            task.Started = new ExecutionReport.Started(task.Key, opening.At);
        }

        End(task, result, at);
    }

    private void NotTaken(HeldTask task, SpawnError error)
    {
        if (error.Errno == Libc.Eexist)
        {
            Conclude(task);
            return;
        }

        EndUnstarted(task, error);
    }

    private void EndUnstarted(HeldTask task, SpawnError error)
    {
        var process = task.Order?.Plan.Processes[0].Name ?? "";
        var failed = new TaskOutcome.Failed(process, 1, new ExitStatus.NotStarted(error));
        End(task, new TaskResult(failed, default, []), DateTimeOffset.UtcNow);
    }

    private void End(HeldTask task, TaskResult result, DateTimeOffset at)
    {
        if (task.Ended is null)
        {
            if (result.Outcome is TaskOutcome.Killed
                && (task.PreemptedFor ?? task.Folder.PreemptedFor()) is { } role)
            {
                result = result with { Outcome = new TaskOutcome.Preempted(role) };
            }

            task.Ended = ExecutionReports.Ended(
                task.Key, task.Processes, result, at, task.Folder.Sandbox, _settings.EvidenceBytesMax);
            _observer(task.Ended);
        }
    }

    private SpawnError KeeperMissing() => new(
        SpawnErrorKind.Other, 0, $"the keeper cannot be started; {_directory.Keeper}/keeper.log says why");
}
