using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe.Spreading;
using Akka.Remote.Wire;

namespace Akka.Cluster.Tools.PublishSubscribe.Serialization;

/// <summary>How mediators' knowledge is written.</summary>
internal static class SpreadingCodec
{
    internal static void Write(FrameWriter writer, ISpreading message)
    {
        switch (message)
        {
            case Changes changes:
                WriteNode(writer, changes.Owner);
                writer.Int64(changes.From);
                writer.Int64(changes.To);
                WriteEntries(writer, changes.Added);
                WriteEntries(writer, changes.Removed);
                break;
            case BucketPart part:
                WriteNode(writer, part.Owner);
                writer.Int64(part.Version);
                writer.Int32(part.Index);
                writer.Int32(part.Count);
                WriteEntries(writer, part.Entries);
                break;
            case Wanted wanted:
                writer.Int32(wanted.Owners.Count);
                foreach (var owner in wanted.Owners)
                    WriteNode(writer, owner);
                break;
            case Digest digest:
                writer.Int32(digest.Count);
                writer.Int64((long)digest.Sum);
                break;
            case Versions versions:
                writer.Int32(versions.Known.Count);
                foreach (var (owner, version) in versions.Known)
                {
                    WriteNode(writer, owner);
                    writer.Int64(version);
                }

                break;
            default:
                throw new ArgumentException($"{message.GetType()} cannot be written.", nameof(message));
        }
    }

    internal static Changes ReadChanges(ref FrameReader reader) => new(
        ReadNode(ref reader), reader.Int64(), reader.Int64(), ReadEntries(ref reader), ReadEntries(ref reader));

    internal static BucketPart ReadBucket(ref FrameReader reader) => new(
        ReadNode(ref reader), reader.Int64(), reader.Int32(), reader.Int32(), ReadEntries(ref reader));

    internal static Wanted ReadWanted(ref FrameReader reader)
    {
        var owners = new List<UniqueAddress>();
        for (var left = reader.Int32(); left > 0; left--)
            owners.Add(ReadNode(ref reader));
        return new Wanted(owners);
    }

    internal static Versions ReadVersions(ref FrameReader reader)
    {
        var known = new List<(UniqueAddress, long)>();
        for (var left = reader.Int32(); left > 0; left--)
            known.Add((ReadNode(ref reader), reader.Int64()));
        return new Versions(known);
    }

    internal static void WriteEntry(FrameWriter writer, Entry entry)
    {
        writer.Byte((byte)entry.Kind);
        writer.Text(entry.Name);
        writer.Text(entry.Group);
    }

    internal static Entry ReadEntry(ref FrameReader reader)
    {
        var kind = (EntryKind)reader.Byte();
        return Enum.IsDefined(kind)
            ? new Entry(kind, reader.Text(), reader.Text())
            : throw new SerializationException($"{kind} is no kind of entry.");
    }

    private static void WriteEntries(FrameWriter writer, IReadOnlyList<Entry> entries)
    {
        writer.Int32(entries.Count);
        foreach (var entry in entries)
            WriteEntry(writer, entry);
    }

    private static List<Entry> ReadEntries(ref FrameReader reader)
    {
        var entries = new List<Entry>();
        for (var left = reader.Int32(); left > 0; left--)
            entries.Add(ReadEntry(ref reader));
        return entries;
    }

    private static void WriteNode(FrameWriter writer, UniqueAddress node)
    {
        writer.Text(node.Address.ToString());
        writer.Int32(node.Uid);
    }

    private static UniqueAddress ReadNode(ref FrameReader reader)
    {
        var text = reader.Text();
        return Address.TryParse(text, out var address)
            ? new UniqueAddress(address, reader.Int32())
            : throw new SerializationException($"'{text}' is no address.");
    }
}
