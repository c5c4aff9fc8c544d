namespace ClusterScheduler.Gateway.Security;

/// <summary>How many responses may stay open at once.</summary>
/// <param name="most">More are refused.</param>
/// <param name="what">What they are, after their number: "event streams are open".</param>
internal sealed class Watches(int most, string what)
{
    private int _open;

    /// <summary>Until it is disposed. Refused with 503 when too many are open.</summary>
    public IDisposable Enter()
    {
        if (Interlocked.Increment(ref _open) <= most)
        {
            return new Watch(this);
        }

        Interlocked.Decrement(ref _open);
        throw new ProblemException(503, "too-many-watches", $"{most} {what}, which is the limit");
    }

    private sealed class Watch(Watches watches) : IDisposable
    {
        private int _disposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
            {
                Interlocked.Decrement(ref watches._open);
            }
        }
    }
}
