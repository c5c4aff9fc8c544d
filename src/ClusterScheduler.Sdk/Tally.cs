namespace ClusterScheduler.Sdk;

/// <summary>
/// What was said and heard on one connection, held against what the entity counted: a message can be lost between two
/// nodes that both live, and nothing else would show it.
/// </summary>
/// <param name="missedMax">So many heartbeats in a row may leave something out, for it may still be on its way.</param>
internal sealed class Tally(int missedMax)
{
    private long _said;
    private long _heard;
    private (long Said, long Heard) _expected;
    private int _missed;

    /// <summary>Something was said to the entity.</summary>
    public void Say() => _said++;

    /// <summary>The entity said something, not a heartbeat.</summary>
    public void Hear() => _heard++;

    /// <summary>A new connection: nothing was said on it yet.</summary>
    public void Begin() => (_said, _heard, _expected, _missed) = (0, 0, default, 0);

    /// <summary>
    /// Whether something was lost: what had been said when an earlier heartbeat came is not among what has been heard.
    /// </summary>
    public bool ShowsLoss(SchedulerProtocol.Heartbeat heartbeat)
    {
        if (heartbeat is not { Heard: { } heardThere, Said: { } saidThere })
        {
            return false;
        }

        if (heardThere < _expected.Said || _heard < _expected.Heard)
        {
            return ++_missed >= missedMax;
        }

        _expected = (_said, saidThere);
        _missed = 0;
        return false;
    }
}
