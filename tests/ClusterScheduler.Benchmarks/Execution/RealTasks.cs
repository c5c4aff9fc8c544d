using ClusterScheduler.Agent.Execution;
using ClusterScheduler.Agent.Keeper;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Benchmarks.Execution;

/// <summary>One agent's execution with its keeper, nothing else, in a directory that is removed afterwards.</summary>
internal sealed class RealTasks : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("csched-benchmark-").FullName;
    private readonly KeeperExecution _execution;
    private TaskCompletionSource _over = new();
    private int _left;
    private int _next;

    public RealTasks()
    {
        _execution = new KeeperExecution(new ExecutionSettings(_directory, KeeperCommand.OfThisProgram())
        {
            DiesWithAgent = true,
        });
        _execution.StartAsync(Hear, CancellationToken.None).GetAwaiter().GetResult();
    }

    /// <summary>Runs so many <c>true</c> tasks, all handed over at once, and waits for all their ends.</summary>
    public void Run(int tasks)
    {
        _over = new TaskCompletionSource();
        _left = tasks;
        for (var index = 0; index < tasks; index++)
        {
            var key = new TaskKey(new FrameworkId("benchmark"), new TaskId($"true-{_next++}"));
            _execution.Launch(new LaunchRequest(key, TaskPlan.OfShell("true"), [], default));
        }

        _over.Task.Wait();
    }

    public void Dispose()
    {
        _execution.KillAllAsync().Wait();
        _execution.DisposeAsync().AsTask().Wait();
        Directory.Delete(_directory, recursive: true);
    }

    private void Hear(ExecutionReport report)
    {
        if (report is not ExecutionReport.Ended ended)
        {
            return;
        }

        if (ended.Result.Outcome is not TaskOutcome.Finished)
        {
            _over.TrySetException(new InvalidOperationException(ended.Message));
        }

        _execution.Release(ended.Key);
        if (--_left == 0)
        {
            _over.TrySetResult();
        }
    }
}
