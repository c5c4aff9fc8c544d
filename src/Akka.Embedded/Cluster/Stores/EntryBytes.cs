using Akka.Cluster.Leading;
using Akka.Cluster.Lists;
using Akka.Cluster.Wire;
using Akka.Remote.Wire;

namespace Akka.Cluster.Stores;

/// <summary>One line of the list as a database keeps it.</summary>
internal static class EntryBytes
{
    private const byte Version = 1;

    internal static byte[] Write(MemberEntry entry)
    {
        var writer = new FrameWriter();
        writer.Byte(Version);
        MemberCodec.Write(writer, entry);
        return writer.Written.ToArray();
    }

    internal static MemberEntry Read(byte[] bytes)
    {
        var reader = new FrameReader(bytes);
        var version = reader.Byte();
        return version == Version
            ? MemberCodec.ReadEntry(ref reader)
            : throw new MembershipStoreException(
                JoinRefusal.OtherProtocol,
                $"The member list in the store is of version {version}; this program knows {Version}.");
    }
}
