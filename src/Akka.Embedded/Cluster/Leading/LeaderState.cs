using System.Collections.Immutable;
using Akka.Cluster.Lists;

namespace Akka.Cluster.Leading;

/// <summary>All that a leader decides by, in one term.</summary>
/// <param name="Epoch">Number of the term.</param>
/// <param name="Self">The leader.</param>
/// <param name="List">The list as decided; what of it is not stored yet is in <paramref name="Unstored"/>.</param>
/// <param name="Hearings">One for each member.</param>
/// <param name="Waiting">Members that are not up yet; some may have gone since.</param>
/// <param name="LastUpNumber">Of the youngest that came up.</param>
/// <param name="Unstored">Changes that nobody may hear of before they are stored.</param>
internal sealed record LeaderState(
    long Epoch, UniqueAddress Self, MemberList List, ImmutableDictionary<UniqueAddress, Hearing> Hearings,
    ImmutableHashSet<UniqueAddress> Waiting, int LastUpNumber, ImmutableList<ListChange> Unstored)
{
    internal LeaderState Put(params ImmutableArray<MemberEntry> entries) => Change(entries, []);

    internal LeaderState Remove(ImmutableArray<RemovedEntry> gone) =>
        Change([], gone) with { Hearings = Hearings.RemoveRange(gone.Select(each => each.Node)) };

    internal LeaderState Hear(UniqueAddress node, Hearing hearing) =>
        this with { Hearings = Hearings.SetItem(node, hearing) };

    private LeaderState Change(ImmutableArray<MemberEntry> put, ImmutableArray<RemovedEntry> gone)
    {
        if (put.IsEmpty && gone.IsEmpty)
            return this;
        var change = new ListChange(List.Version, List.Version + 1, put, gone);
        return this with { List = List.With(change), Unstored = Unstored.Add(change) };
    }
}
