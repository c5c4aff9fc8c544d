using System.Buffers.Binary;
using System.Numerics;

namespace ClusterScheduler.Agent.Execution;

/// <summary>What an agent writes about a task before it hands it to the keeper.</summary>
/// <param name="Key">Which task.</param>
/// <param name="BootId">The machine's boot in which it was taken.</param>
/// <param name="Processes">How many processes its plan has.</param>
/// <param name="Manifest">What the agent wants back.</param>
internal sealed record TaskRecord(TaskKey Key, string BootId, int Processes, ReadOnlyMemory<byte> Manifest)
{
    private const int Version = 1, ChecksumBytes = 4;

    /// <summary>Checksum, version, then the fields.</summary>
    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(0);
        writer.Write(Version);
        writer.Write(Key.Framework.Value);
        writer.Write(Key.Task.Value);
        writer.Write(BootId);
        writer.Write(Processes);
        writer.Write(Manifest.Length);
        writer.Write(Manifest.Span);
        writer.Flush();
        var bytes = stream.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Checksum(bytes.AsSpan(ChecksumBytes)));
        return bytes;
    }

    /// <summary>The reverse; null if the bytes are torn, damaged or of another version.</summary>
    public static TaskRecord? Parse(byte[] bytes)
    {
        if (bytes.Length <= ChecksumBytes
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Checksum(bytes.AsSpan(ChecksumBytes)))
        {
            return null;
        }

        using var reader = new BinaryReader(new MemoryStream(bytes, ChecksumBytes, bytes.Length - ChecksumBytes));
        return reader.ReadInt32() != Version ? null : new TaskRecord(
            new TaskKey(new FrameworkId(reader.ReadString()), new TaskId(reader.ReadString())),
            reader.ReadString(),
            reader.ReadInt32(),
            reader.ReadBytes(reader.ReadInt32()));
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var checksum = uint.MaxValue;
        foreach (var value in bytes)
        {
            checksum = BitOperations.Crc32C(checksum, value);
        }

        return ~checksum;
    }
}
