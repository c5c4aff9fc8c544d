namespace Akka.Cluster.Tools.PublishSubscribe.Spreading;

/// <summary>
/// Who has what: one bucket for each member, whose version only its owner raises. An owner tells the others of its
/// changes; whoever missed some asks for the whole bucket, from any node that has it.
/// </summary>
internal sealed class Registry
{
    private readonly Dictionary<UniqueAddress, Bucket> _buckets = [];
    private readonly Dictionary<Entry, List<UniqueAddress>> _holders = [];
    private readonly Dictionary<string, SortedSet<string>> _groups = new(StringComparer.Ordinal);
    private readonly HashSet<Entry> _added = [];
    private readonly HashSet<Entry> _removed = [];
    private readonly Action<Entry> _holdersChanged;
    private readonly Bucket _own;
    private readonly long _firstVersion;
    private ulong _sum;
    private int _heardOf;

    /// <param name="self">This node.</param>
    /// <param name="firstVersion">Higher than that of any earlier mediator of this node.</param>
    /// <param name="holdersChanged">Called for each entry that has other holders than before.</param>
    internal Registry(UniqueAddress self, long firstVersion, Action<Entry> holdersChanged)
    {
        _firstVersion = firstVersion;
        _holdersChanged = holdersChanged;
        _own = _buckets[self] = new Bucket(self);
    }

    internal IEnumerable<UniqueAddress> Others => _buckets.Keys.Where(node => !node.Equals(_own.Owner));

    internal IEnumerable<string> Topics =>
        _holders.Keys.Where(entry => entry.Kind != EntryKind.Path).Select(entry => entry.Name).Distinct();

    internal Digest Digest => new(_heardOf, _sum);

    internal Versions Versions => new(
        [.. _buckets.Values.Where(bucket => bucket.Version > 0).Select(bucket => (bucket.Owner, bucket.Version))]);

    internal IReadOnlyList<UniqueAddress> Holders(Entry entry) =>
        _holders.TryGetValue(entry, out var nodes) ? nodes : [];

    internal IReadOnlyCollection<string> Groups(string topic) =>
        _groups.TryGetValue(topic, out var groups) ? groups : [];

    /// <summary>True when it was not known.</summary>
    internal bool AddNode(UniqueAddress node) => _buckets.TryAdd(node, new Bucket(node));

    internal void RemoveNode(UniqueAddress node)
    {
        if (node.Equals(_own.Owner) || !_buckets.TryGetValue(node, out var bucket))
            return;
        Install(bucket, 0, []);
        _buckets.Remove(node);
    }

    internal void AddOwn(Entry entry)
    {
        if (!_own.Entries.Add(entry))
            return;
        Link(entry, _own.Owner);
        if (!_removed.Remove(entry))
            _added.Add(entry);
    }

    internal void RemoveOwn(Entry entry)
    {
        if (!_own.Entries.Remove(entry))
            return;
        Unlink(entry, _own.Owner);
        if (!_added.Remove(entry))
            _removed.Add(entry);
    }

    /// <summary>What changed here since the last time, under a new version; null when nothing did.</summary>
    internal Changes? TakeChanges()
    {
        if (_added.Count == 0 && _removed.Count == 0)
            return null;
        var from = _own.Version;
        Raise(_own, from == 0 ? _firstVersion : from + 1);
        var changes = new Changes(_own.Owner, from, _own.Version, [.. _added], [.. _removed]);
        _added.Clear();
        _removed.Clear();
        return changes;
    }

    /// <summary>False when something before it was missed: the owner has to be asked for all.</summary>
    internal bool Apply(Changes changes)
    {
        if (!_buckets.TryGetValue(changes.Owner, out var bucket) || bucket == _own || changes.To <= bucket.Version)
            return true;
        if (changes.From == 0)
        {
            Install(bucket, changes.To, [.. changes.Added]);
            return true;
        }

        if (changes.From != bucket.Version)
            return false;
        foreach (var entry in changes.Removed.Where(bucket.Entries.Remove))
            Unlink(entry, bucket.Owner);
        foreach (var entry in changes.Added.Where(bucket.Entries.Add))
            Link(entry, bucket.Owner);
        Raise(bucket, changes.To);
        return true;
    }

    internal void Apply(BucketPart part)
    {
        if (_buckets.TryGetValue(part.Owner, out var bucket) && bucket != _own && bucket.Collect(part) is { } entries)
            Install(bucket, part.Version, entries);
    }

    internal IEnumerable<BucketPart> Parts(UniqueAddress owner, int entriesMax) =>
        _buckets.TryGetValue(owner, out var bucket) && bucket.Version > 0 ? bucket.Parts(entriesMax) : [];

    /// <summary>Whose buckets the other one has newer, and whose this one has.</summary>
    internal (List<UniqueAddress> Missing, List<UniqueAddress> Surplus) Compare(Versions theirs)
    {
        var known = new Dictionary<UniqueAddress, long>();
        foreach (var (owner, version) in theirs.Known)
            known[owner] = version;
        var missing = theirs.Known.Where(each =>
            _buckets.TryGetValue(each.Owner, out var bucket) && bucket != _own && bucket.Version < each.Version);
        var surplus = _buckets.Values.Where(bucket => bucket.Version > known.GetValueOrDefault(bucket.Owner));
        return ([.. missing.Select(each => each.Owner)], [.. surplus.Select(bucket => bucket.Owner)]);
    }

    private void Install(Bucket bucket, long version, HashSet<Entry> entries)
    {
        foreach (var entry in bucket.Entries.Where(entry => !entries.Contains(entry)).ToList())
        {
            bucket.Entries.Remove(entry);
            Unlink(entry, bucket.Owner);
        }

        foreach (var entry in entries.Where(bucket.Entries.Add))
            Link(entry, bucket.Owner);
        Raise(bucket, version);
    }

    private void Raise(Bucket bucket, long version)
    {
        _heardOf += (version > 0 ? 1 : 0) - (bucket.Version > 0 ? 1 : 0);
        _sum ^= bucket.Sum;
        bucket.Version = version;
        _sum ^= bucket.Sum;
    }

    private void Link(Entry entry, UniqueAddress node)
    {
        if (!_holders.TryGetValue(entry, out var nodes))
        {
            _holders[entry] = nodes = [];
            if (entry.Kind == EntryKind.Group)
                Groups(entry.Name, create: true).Add(entry.Group);
        }

        nodes.Add(node);
        _holdersChanged(entry);
    }

    private void Unlink(Entry entry, UniqueAddress node)
    {
        var nodes = _holders[entry];
        nodes.Remove(node);
        if (nodes.Count == 0)
        {
            _holders.Remove(entry);
            if (entry.Kind == EntryKind.Group && Groups(entry.Name, create: false) is var groups)
            {
                groups.Remove(entry.Group);
                if (groups.Count == 0)
                    _groups.Remove(entry.Name);
            }
        }

        _holdersChanged(entry);
    }

    private SortedSet<string> Groups(string topic, bool create)
    {
        if (!_groups.TryGetValue(topic, out var groups) && create)
            _groups[topic] = groups = new SortedSet<string>(StringComparer.Ordinal);
        return groups!;
    }
}
