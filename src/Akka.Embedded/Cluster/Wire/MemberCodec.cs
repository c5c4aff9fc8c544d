using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Leading;
using Akka.Cluster.Lists;
using Akka.Remote.Wire;
using Akka.Util;

namespace Akka.Cluster.Wire;

/// <summary>The parts of the messages in bytes; the store keeps lines of the list in the same form.</summary>
internal static class MemberCodec
{
    internal static void Write(FrameWriter writer, UniqueAddress node)
    {
        writer.Text(node.Address.ToString());
        writer.Int32(node.Uid);
    }

    internal static UniqueAddress ReadNode(ref FrameReader reader) => new(ReadAddress(ref reader), reader.Int32());

    internal static Address ReadAddress(ref FrameReader reader)
    {
        var text = reader.Text();
        return Address.TryParse(text, out var address) ? address : throw new WireException($"'{text}' is no address.");
    }

    internal static void Write(FrameWriter writer, Applicant applicant)
    {
        Write(writer, applicant.Node);
        WriteRoles(writer, applicant.Roles);
        writer.Text(applicant.AppVersion.Version);
        writer.Int64(applicant.Clock.UtcTicks);
        Write(writer, applicant.Store);
        writer.Byte(applicant.MayLead ? (byte)1 : (byte)0);
        writer.Int64(applicant.LeastMemberLease.Ticks);
        writer.Text(applicant.SameEverywhere);
    }

    /// <summary>The last part was not said by the first programs.</summary>
    internal static Applicant ReadApplicant(ref FrameReader reader) => new(
        ReadNode(ref reader), ReadRoles(ref reader), ReadVersion(ref reader),
        new DateTimeOffset(Math.Clamp(reader.Int64(), 0, DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero),
        ReadStore(ref reader), reader.Byte() != 0, new TimeSpan(reader.Int64()),
        reader.AtEnd ? "" : reader.Text());

    internal static void Write(FrameWriter writer, StoreId store)
    {
        writer.Byte((byte)store.Kind);
        writer.Text(store.Id);
    }

    internal static StoreId ReadStore(ref FrameReader reader) => new((StoreKind)reader.Byte(), reader.Text());

    internal static void Write(FrameWriter writer, MemberEntry entry)
    {
        Write(writer, entry.Node);
        writer.Byte((byte)entry.Status);
        writer.Byte((byte)((entry.IsReachable ? 1 : 0) | (entry.MayLead ? 2 : 0)));
        writer.Int32(entry.Member.UpNumber);
        WriteRoles(writer, entry.Member.Roles);
        writer.Text(entry.Member.AppVersion.Version);
    }

    internal static MemberEntry ReadEntry(ref FrameReader reader)
    {
        var node = ReadNode(ref reader);
        var (status, flags, upNumber) = ((MemberStatus)reader.Byte(), reader.Byte(), reader.Int32());
        if (!Enum.IsDefined(status))
            throw new WireException($"{status} is no status of a member.");
        var member = new Member(node, upNumber, status, ReadRoles(ref reader), ReadVersion(ref reader));
        return new MemberEntry(member, (flags & 1) != 0, (flags & 2) != 0);
    }

    internal static void WriteEntries(FrameWriter writer, IReadOnlyCollection<MemberEntry> entries)
    {
        writer.Int32(entries.Count);
        foreach (var entry in entries)
            Write(writer, entry);
    }

    internal static ImmutableArray<MemberEntry> ReadEntries(ref FrameReader reader)
    {
        var entries = ImmutableArray.CreateBuilder<MemberEntry>();
        for (var count = reader.Int32(); count > 0; count--)
            entries.Add(ReadEntry(ref reader));
        return entries.ToImmutable();
    }

    internal static void Write(FrameWriter writer, ListChange change)
    {
        writer.Int64(change.From);
        writer.Int64(change.To);
        WriteEntries(writer, change.Put);
        writer.Int32(change.Gone.Length);
        foreach (var gone in change.Gone)
        {
            Write(writer, gone.Node);
            writer.Byte((byte)gone.PreviousStatus);
        }
    }

    internal static ListChange ReadChange(ref FrameReader reader)
    {
        var (from, to) = (reader.Int64(), reader.Int64());
        var put = ReadEntries(ref reader);
        var gone = ImmutableArray.CreateBuilder<RemovedEntry>();
        for (var count = reader.Int32(); count > 0; count--)
            gone.Add(new RemovedEntry(ReadNode(ref reader), (MemberStatus)reader.Byte()));
        return new ListChange(from, to, put, gone.ToImmutable());
    }

    /// <summary>One that this program cannot read, of an earlier program or a later one, keeps nobody out.</summary>
    private static AppVersion ReadVersion(ref FrameReader reader)
    {
        try
        {
            return AppVersion.Create(reader.Text());
        }
        catch (ArgumentException)
        {
            return AppVersion.Zero;
        }
    }

    private static void WriteRoles(FrameWriter writer, ImmutableHashSet<string> roles) =>
        writer.Text(string.Join(',', roles.Order(StringComparer.Ordinal)));

    private static ImmutableHashSet<string> ReadRoles(ref FrameReader reader) =>
        [.. reader.Text().Split(',', StringSplitOptions.RemoveEmptyEntries)];
}
