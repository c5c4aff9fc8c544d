using ClusterScheduler.Core.Execution;

namespace ClusterScheduler.Agent.Keeper;

/// <summary>
/// Requests and reports as bytes. A frame is its length (4 bytes, little-endian, at most
/// <see cref="FrameBytesMax"/>), then one byte for the kind, then the fields. The version is said in Hello and Welcome
/// and raised with every change of a layout.
/// </summary>
internal static class KeeperCodec
{
    public const int Version = 1;

    public const int FrameBytesMax = 8 << 20;

    public static void Write(BinaryWriter writer, KeeperRequest request)
    {
        switch (request)
        {
            case KeeperRequest.Hello hello:
                writer.Write((byte)1);
                writer.Write(hello.Version);
                break;
            case KeeperRequest.Launch launch:
                writer.Write((byte)2);
                LaunchOrderCodec.Write(writer, launch.Order);
                break;
            case KeeperRequest.Kill kill:
                writer.Write((byte)3);
                writer.Write(kill.Key);
                writer.Write(kill.Grace?.Ticks ?? -1);
                break;
            case KeeperRequest.Release release:
                writer.Write((byte)4);
                writer.Write(release.Key);
                break;
            case KeeperRequest.Shutdown:
                writer.Write((byte)5);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(request), request, "not a request");
        }
    }

    public static KeeperRequest ReadRequest(BinaryReader reader) => reader.ReadByte() switch
    {
        1 => new KeeperRequest.Hello(reader.ReadInt32()),
        2 => new KeeperRequest.Launch(LaunchOrderCodec.Read(reader)),
        3 => new KeeperRequest.Kill(
            reader.ReadString(), reader.ReadInt64() is var grace and >= 0 ? new TimeSpan(grace) : null),
        4 => new KeeperRequest.Release(reader.ReadString()),
        5 => new KeeperRequest.Shutdown(),
        var kind => throw new InvalidDataException($"A keeper knows no request of kind {kind}."),
    };

    public static void Write(BinaryWriter writer, KeeperReport report)
    {
        switch (report)
        {
            case KeeperReport.Welcome welcome:
                writer.Write((byte)1);
                writer.Write(welcome.Version);
                Write(writer, welcome.Keeper);
                break;
            case KeeperReport.Started started:
                writer.Write((byte)2);
                writer.Write(started.Key);
                Write(writer, started.Process);
                writer.Write(started.At.ToUnixTimeMilliseconds());
                break;
            case KeeperReport.Ended ended:
                writer.Write((byte)3);
                writer.Write(ended.Key);
                writer.Write(RunLogCodec.EncodeResult(ended.Result));
                writer.Write(ended.At.ToUnixTimeMilliseconds());
                break;
            case KeeperReport.NotTaken refused:
                writer.Write((byte)4);
                writer.Write(refused.Key);
                writer.Write((int)refused.Error.Kind);
                writer.Write(refused.Error.Errno);
                writer.Write(refused.Error.Detail);
                break;
            case KeeperReport.Held held:
                writer.Write((byte)5);
                writer.Write(held.Key);
                break;
            case KeeperReport.AllSaid:
                writer.Write((byte)6);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(report), report, "not a report");
        }
    }

    public static KeeperReport ReadReport(BinaryReader reader) => reader.ReadByte() switch
    {
        1 => new KeeperReport.Welcome(reader.ReadInt32(), ReadIdentity(reader)),
        2 => new KeeperReport.Started(reader.ReadString(), ReadIdentity(reader), ReadTime(reader)),
        3 => new KeeperReport.Ended(
            reader.ReadString(), RunLogCodec.DecodeResult(reader.ReadString()), ReadTime(reader)),
        4 => new KeeperReport.NotTaken(
            reader.ReadString(),
            new SpawnError((SpawnErrorKind)reader.ReadInt32(), reader.ReadInt32(), reader.ReadString())),
        5 => new KeeperReport.Held(reader.ReadString()),
        6 => new KeeperReport.AllSaid(),
        var kind => throw new InvalidDataException($"An agent knows no report of kind {kind}."),
    };

    private static void Write(BinaryWriter writer, ProcessIdentity identity)
    {
        writer.Write(identity.Pid);
        writer.Write(identity.StartTicks);
    }

    private static ProcessIdentity ReadIdentity(BinaryReader reader) => new(reader.ReadInt32(), reader.ReadInt64());

    private static DateTimeOffset ReadTime(BinaryReader reader) =>
        DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64());
}
