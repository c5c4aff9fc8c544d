namespace Akka.Actor.Internal;

/// <summary>How often a child was restarted within the supervisor's window.</summary>
internal sealed class ChildRestartStats(ActorRefBase child)
{
    private int _restarts;
    private long _windowStartedAt;

    internal ActorRefBase Child { get; } = child;

    /// <summary>
    /// Counts a restart and says whether it is allowed. No limit: -1 restarts. No window: the count never starts anew.
    /// </summary>
    internal bool RequestRestart(int restartsMax, TimeSpan window, long nowTimestamp)
    {
        if (restartsMax == 0)
            return false;
        if (restartsMax < 0 && window <= TimeSpan.Zero)
            return true;
        var limit = restartsMax < 0 ? 1 : restartsMax;
        if (window <= TimeSpan.Zero)
            return ++_restarts <= limit;

        if (_restarts == 0 || System.Diagnostics.Stopwatch.GetElapsedTime(_windowStartedAt, nowTimestamp) > window)
        {
            _windowStartedAt = nowTimestamp;
            _restarts = 1;
            return true;
        }

        return ++_restarts <= limit;
    }
}
