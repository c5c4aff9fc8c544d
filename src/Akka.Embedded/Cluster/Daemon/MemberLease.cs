namespace Akka.Cluster.Daemon;

/// <summary>
/// How long this node may go on as a member. It counts from the moment before it sent the heartbeat that was answered,
/// and a twentieth less than it was given, so its own end is before the one that the leader waits for.
/// </summary>
internal sealed class MemberLease
{
    private const int NumbersKept = 64;

    private readonly Dictionary<long, TimeSpan> _sent = [];
    private long _lastNumber;

    /// <summary>Null while none was granted.</summary>
    internal TimeSpan? EndsAt { get; private set; }

    /// <summary>When the leader last answered.</summary>
    internal TimeSpan AnsweredAt { get; private set; }

    internal TimeSpan LastSentAt { get; private set; } = NodeContext.LongAgo;

    internal bool IsOver(TimeSpan now) => now >= EndsAt;

    /// <summary>The number of the heartbeat that is sent now.</summary>
    internal long Send(TimeSpan now)
    {
        LastSentAt = now;
        _sent[++_lastNumber] = now;
        _sent.Remove(_lastNumber - NumbersKept);
        return _lastNumber;
    }

    /// <summary>An answer to a heartbeat that was never sent, or long ago, grants nothing.</summary>
    internal bool Granted(long number, TimeSpan lease, TimeSpan now)
    {
        if (!_sent.Remove(number, out var sent))
            return false;
        AnsweredAt = now;
        Extend(sent, lease);
        return true;
    }

    /// <summary>The leader grants its own, while it surely leads.</summary>
    internal void GrantOwn(TimeSpan lease, TimeSpan now)
    {
        AnsweredAt = now;
        Extend(now, lease);
    }

    private void Extend(TimeSpan from, TimeSpan lease)
    {
        var end = from + (lease * EmbeddedSettings.SafePart);
        if (EndsAt is null || end > EndsAt)
            EndsAt = end;
    }
}
