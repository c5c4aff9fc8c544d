namespace Akka.Embedded.Tests.Clustering;

/// <summary>The machine's clock, which can be put forward: what a process sees that was stopped for a while.</summary>
internal sealed class SkippingClock : TimeProvider
{
    private long _skipped;
    private TimeSpan _wallOff;

    public override long GetTimestamp() => base.GetTimestamp() + Volatile.Read(ref _skipped);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _wallOff;

    internal void Skip(TimeSpan span) =>
        Interlocked.Add(ref _skipped, (long)(span.TotalSeconds * TimestampFrequency));

    internal void SetWallOff(TimeSpan span) => _wallOff = span;
}
