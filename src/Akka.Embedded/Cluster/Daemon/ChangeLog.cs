using Akka.Cluster.Lists;

namespace Akka.Cluster.Daemon;

/// <summary>The last changes of the list, for members that missed some.</summary>
internal sealed class ChangeLog
{
    private const int ChangesMax = 512;

    /// <summary>What was told more recently is probably on its way.</summary>
    private static readonly TimeSpan OnItsWay = TimeSpan.FromMilliseconds(200);

    private readonly Queue<(ListChange Change, TimeSpan At)> _changes = new();

    internal void Add(IEnumerable<ListChange> changes, TimeSpan now)
    {
        foreach (var change in changes)
            _changes.Enqueue((change, now));
        while (_changes.Count > ChangesMax)
            _changes.Dequeue();
    }

    /// <summary>The version that each member should know by now.</summary>
    internal long QuietVersion(TimeSpan now)
    {
        foreach (var (change, at) in _changes)
        {
            if (now - at < OnItsWay)
                return change.From;
        }

        return long.MaxValue;
    }

    /// <summary>Null when it does not reach back so far.</summary>
    internal ListChange? Since(long version)
    {
        var missing = _changes.Select(each => each.Change).SkipWhile(change => change.To <= version).ToList();
        return missing.Count > 0 && missing[0].From <= version ? ListChange.Merge(missing) : null;
    }
}
