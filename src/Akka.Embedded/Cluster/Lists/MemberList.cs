using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Lists;

/// <summary>
/// All members, and a number that grows with every change, also across leaders. It is changed by its leader only.
/// </summary>
internal sealed class MemberList
{
    internal static readonly MemberList Empty = Of(0, []);

    private readonly ImmutableSortedDictionary<UniqueAddress, MemberEntry> _entries;
    private readonly ImmutableDictionary<Address, UniqueAddress> _latest;

    private MemberList(
        long version, ImmutableSortedDictionary<UniqueAddress, MemberEntry> entries,
        ImmutableDictionary<Address, UniqueAddress> latest)
    {
        Version = version;
        _entries = entries;
        _latest = latest;
    }

    internal long Version { get; }

    internal int Count => _entries.Count;

    internal IEnumerable<MemberEntry> Entries => _entries.Values;

    internal IEnumerable<UniqueAddress> Nodes => _entries.Keys;

    internal static MemberList Of(long version, ImmutableArray<MemberEntry> entries) => new MemberList(
        version, ImmutableSortedDictionary<UniqueAddress, MemberEntry>.Empty,
        ImmutableDictionary<Address, UniqueAddress>.Empty).With(new ListChange(0, version, entries, []));

    internal MemberEntry? Find(UniqueAddress node) => _entries.GetValueOrDefault(node);

    /// <summary>Of several runs at one address the one that was put last.</summary>
    internal MemberEntry? Find(Address address) => _latest.TryGetValue(address, out var node) ? Find(node) : null;

    internal MemberList With(ListChange change)
    {
        var entries = _entries.ToBuilder();
        var latest = _latest.ToBuilder();
        foreach (var gone in change.Gone)
        {
            entries.Remove(gone.Node);
            if (latest.TryGetValue(gone.Node.Address, out var node) && node == gone.Node)
                latest.Remove(gone.Node.Address);
        }

        foreach (var entry in change.Put)
        {
            entries[entry.Node] = entry;
            latest[entry.Node.Address] = entry.Node;
        }

        return new MemberList(change.To, entries.ToImmutable(), latest.ToImmutable());
    }
}
