using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Lists;

/// <summary>
/// All members, and a number that grows with every change, also across leaders. It is changed by its leader only.
/// </summary>
internal sealed class MemberList
{
    internal static readonly MemberList Empty = new(0, ImmutableSortedDictionary<UniqueAddress, MemberEntry>.Empty);

    private readonly ImmutableSortedDictionary<UniqueAddress, MemberEntry> _entries;

    private MemberList(long version, ImmutableSortedDictionary<UniqueAddress, MemberEntry> entries)
    {
        Version = version;
        _entries = entries;
    }

    internal long Version { get; }

    internal int Count => _entries.Count;

    internal IEnumerable<MemberEntry> Entries => _entries.Values;

    internal static MemberList Of(long version, IEnumerable<MemberEntry> entries) =>
        new(version, entries.ToImmutableSortedDictionary(entry => entry.Node, entry => entry));

    internal MemberEntry? Find(UniqueAddress node) => _entries.GetValueOrDefault(node);

    internal MemberEntry? Find(Address address) => _entries.Values.FirstOrDefault(each => each.Node.Address == address);

    /// <summary>The same list with other lines in place of those of the same run.</summary>
    internal MemberList With(ListChange change)
    {
        var entries = _entries.ToBuilder();
        foreach (var gone in change.Gone)
            entries.Remove(gone.Node);
        foreach (var entry in change.Put)
            entries[entry.Node] = entry;
        return new MemberList(change.To, entries.ToImmutable());
    }
}
