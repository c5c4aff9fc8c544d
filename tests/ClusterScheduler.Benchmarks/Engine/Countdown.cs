namespace ClusterScheduler.Benchmarks.Engine;

/// <summary>Counts down in actors, one or many, and wakes the one who waits.</summary>
internal sealed class Countdown : IDisposable
{
    private readonly SemaphoreSlim _done = new(0);
    private long _left;

    internal void Reset(long count) => Volatile.Write(ref _left, count);

    /// <summary>False once there is nothing left to count.</summary>
    internal bool Signal()
    {
        var left = Interlocked.Decrement(ref _left);
        if (left == 0)
            _done.Release();
        return left > 0;
    }

    internal void Wait()
    {
        if (!_done.Wait(TimeSpan.FromMinutes(2)))
            throw new TimeoutException($"{Volatile.Read(ref _left)} of the messages did not arrive.");
    }

    public void Dispose() => _done.Dispose();
}
