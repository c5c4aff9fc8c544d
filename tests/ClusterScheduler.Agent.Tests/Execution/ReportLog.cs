using ClusterScheduler.Agent.Execution;

namespace ClusterScheduler.Agent.Tests.Execution;

/// <summary>All reports so far, and a way to wait for one.</summary>
internal sealed class ReportLog
{
    private readonly List<ExecutionReport> _reports = [];
    private readonly List<Waiting> _waiting = [];

    public void Add(ExecutionReport report)
    {
        lock (_reports)
        {
            _reports.Add(report);
            foreach (var waiting in _waiting.Where(waiting => waiting.IsIt(report)).ToList())
            {
                waiting.Found.TrySetResult(report);
                _waiting.Remove(waiting);
            }
        }
    }

    public int CountOf(TaskKey key)
    {
        lock (_reports)
        {
            return _reports.Count(report => report.Key == key);
        }
    }

    public async Task<T> FirstAsync<T>(TaskKey key)
        where T : ExecutionReport
    {
        Task<ExecutionReport> found;
        lock (_reports)
        {
            if (_reports.OfType<T>().FirstOrDefault(report => report.Key == key) is { } known)
            {
                return known;
            }

            var source = new TaskCompletionSource<ExecutionReport>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add(new Waiting(report => report is T && report.Key == key, source));
            found = source.Task;
        }

        return (T)await found.WaitAsync(RealExecution.Patience);
    }

    private sealed record Waiting(Func<ExecutionReport, bool> IsIt, TaskCompletionSource<ExecutionReport> Found);
}
