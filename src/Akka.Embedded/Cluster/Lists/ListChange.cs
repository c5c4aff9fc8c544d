using System.Collections.Immutable;

namespace Akka.Cluster.Lists;

/// <summary>What is different in version <paramref name="To"/> from version <paramref name="From"/>.</summary>
/// <param name="From">It may be put on this version and on any between it and <paramref name="To"/>.</param>
/// <param name="To">The version that it leads to.</param>
/// <param name="Put">Lines that are new or other than before.</param>
/// <param name="Gone">Runs that are removed.</param>
internal sealed record ListChange(
    long From, long To, ImmutableArray<MemberEntry> Put, ImmutableArray<RemovedEntry> Gone)
{
    internal IReadOnlyCollection<UniqueAddress> Touched =>
        [.. Gone.Select(gone => gone.Node).Concat(Put.Select(entry => entry.Node)).Distinct()];

    /// <summary>Several that follow each other as one: what is between them is skipped.</summary>
    internal static ListChange Merge(IReadOnlyList<ListChange> changes)
    {
        if (changes.Count == 1)
            return changes[0];
        var put = new SortedDictionary<UniqueAddress, MemberEntry>();
        var gone = new SortedDictionary<UniqueAddress, RemovedEntry>();
        foreach (var change in changes)
        {
            foreach (var entry in change.Put)
                put[entry.Node] = entry;
            foreach (var removed in change.Gone)
            {
                put.Remove(removed.Node);
                gone[removed.Node] = removed;
            }
        }

        return new ListChange(changes[0].From, changes[^1].To, [.. put.Values], [.. gone.Values]);
    }
}

/// <summary>A run that is no longer a member, and the status it had last.</summary>
internal readonly record struct RemovedEntry(UniqueAddress Node, MemberStatus PreviousStatus);
