using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Benchmarks.ControlPlane;

/// <summary>What all schedulers of a run have been told, and when that is enough.</summary>
internal sealed class LoadCount : IDisposable
{
    private readonly ManualResetEventSlim _enough = new();
    private TaskState _awaited;
    private long _missing;
    private long _lost;
    private volatile string? _broken;
    private volatile StatusUpdate? _firstLost;

    /// <summary>Updates of tasks that ended in any other way than finished.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    public CountdownEvent Subscriptions { get; } = new(1);

    public void Await(TaskState state, long tasks)
    {
        _enough.Reset();
        _awaited = state;
        Interlocked.Exchange(ref _missing, tasks);
    }

    public void Subscribed() => Subscriptions.Signal();

    public void Met(StatusUpdate update)
    {
        if (update.State == _awaited)
        {
            if (Interlocked.Decrement(ref _missing) == 0)
            {
                _enough.Set();
            }
        }
        else if (update.State.IsTerminal())
        {
            _firstLost ??= update;
            Interlocked.Increment(ref _lost);
        }
    }

    /// <summary>A task ended a second time, which must not be (I4).</summary>
    public void MetTwice(StatusUpdate update) => _broken = $"task {update.TaskId} ended twice: {update}";

    public void Wait(TimeSpan patience)
    {
        if (!_enough.Wait(patience))
        {
            throw new TimeoutException(
                $"{Interlocked.Read(ref _missing)} tasks are not {_awaited} after {patience}; {Lost} were lost, "
                + $"the first of them: {_firstLost?.ToString() ?? "none"}");
        }

        if (_broken is { } broken)
        {
            throw new InvalidOperationException(broken);
        }
    }

    public void Dispose()
    {
        _enough.Dispose();
        Subscriptions.Dispose();
    }
}
