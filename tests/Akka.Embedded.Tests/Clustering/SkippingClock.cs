namespace Akka.Embedded.Tests.Clustering;

/// <summary>
/// The machine's clock, which can be put forward: what a process sees that was stopped for a while. Or it stands: what
/// one does not see that has not looked yet.
/// </summary>
internal sealed class SkippingClock : TimeProvider
{
    private const long Runs = -1;

    private long _skipped;
    private long _stoppedAt = Runs;
    private TimeSpan _wallOff;

    public override long GetTimestamp() => Volatile.Read(ref _stoppedAt) is var stopped and not Runs
        ? stopped
        : base.GetTimestamp() + Volatile.Read(ref _skipped);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _wallOff;

    internal void Skip(TimeSpan span) =>
        Interlocked.Add(ref _skipped, (long)(span.TotalSeconds * TimestampFrequency));

    internal void Stop() => Volatile.Write(ref _stoppedAt, GetTimestamp());

    internal void SetWallOff(TimeSpan span) => _wallOff = span;
}
