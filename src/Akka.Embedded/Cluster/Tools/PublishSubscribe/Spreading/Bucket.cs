using System.Text;

namespace Akka.Cluster.Tools.PublishSubscribe.Spreading;

/// <summary>What one node has, at one version; 0 is nothing heard yet.</summary>
internal sealed class Bucket(UniqueAddress owner)
{
    private readonly ulong _ownerHash = Hash(owner);
    private List<Entry> _incoming = [];
    private long _incomingVersion;
    private int _incomingParts;

    internal UniqueAddress Owner { get; } = owner;

    internal long Version { get; set; }

    internal HashSet<Entry> Entries { get; private set; } = [];

    /// <summary>Of owner and version, the same on every node.</summary>
    internal ulong Sum => Version == 0 ? 0 : Mix(_ownerHash ^ (ulong)Version);

    /// <summary>All entries of a newer version when the last part of it is here; null until then.</summary>
    internal HashSet<Entry>? Collect(BucketPart part)
    {
        if (part.Version <= Version)
            return null;
        if (part.Index == 0)
            (_incoming, _incomingVersion, _incomingParts) = ([], part.Version, 0);
        else if (part.Version != _incomingVersion || part.Index != _incomingParts)
            return null;
        _incoming.AddRange(part.Entries);
        if (++_incomingParts < part.Count)
            return null;
        HashSet<Entry> all = [.. _incoming];
        _incoming = [];
        return all;
    }

    internal IEnumerable<BucketPart> Parts(int entriesMax)
    {
        var chunks = Entries.Chunk(entriesMax).ToList();
        if (chunks.Count == 0)
            chunks.Add([]);
        return chunks.Select((chunk, index) => new BucketPart(Owner, Version, index, chunks.Count, chunk));
    }

    private static ulong Hash(UniqueAddress owner)
    {
        var hash = 14695981039346656037UL;
        foreach (var each in Encoding.UTF8.GetBytes($"{owner.Address}#{owner.Uid}"))
            hash = (hash ^ each) * 1099511628211UL;
        return hash;
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 33)) * 0xff51afd7ed558ccdUL;
        value = (value ^ (value >> 33)) * 0xc4ceb9fe1a85ec53UL;
        return value ^ (value >> 33);
    }
}
