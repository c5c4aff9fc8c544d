using Akka.Actor;
using Akka.Remote.Wire;

namespace Akka.Cluster.Sharding.Internal;

/// <summary>What regions and the coordinator say to each other, as bytes.</summary>
internal static class CoordinationCodec
{
    internal static void Write(FrameWriter writer, ICoordinationMessage message)
    {
        switch (message)
        {
            case AskRegion ask:
                WriteEpoch(writer, ask.Epoch);
                break;
            case RegisterAck ack:
                WriteEpoch(writer, ack.Epoch);
                break;
            case Register register:
                writer.Text(register.Node.ToText());
                QueryCodec.WriteTexts(writer, register.Shards);
                QueryCodec.WriteTexts(writer, register.Stopping);
                break;
            case RegisterProxy proxy:
                writer.Text(proxy.Node.ToText());
                break;
            case ShardHome home:
                writer.Text(home.Shard);
                WriteRef(writer, home.Region);
                break;
            case BeginHandOff begin:
                writer.Text(begin.Shard);
                WriteRef(writer, begin.Owner);
                writer.Int64(begin.Turn);
                break;
            case BeginHandOffAck ack:
                writer.Text(ack.Shard);
                WriteRef(writer, ack.Region);
                WriteRef(writer, ack.Coordinator);
                writer.Int64(ack.Turn);
                break;
            case RegionLeaves:
                break;
            case GetShardHome question:
                writer.Text(question.Shard);
                break;
            default:
                var (shard, turn) = ShardAndTurnOf(message);
                writer.Text(shard);
                writer.Int64(turn);
                break;
        }
    }

    /// <summary>Null: the manifest is of another family.</summary>
    internal static object? Read(string manifest, ref FrameReader reader, IActorRefProvider provider) =>
        manifest switch
        {
            "A" => new AskRegion(ReadEpoch(ref reader)),
            "r" => new RegisterAck(ReadEpoch(ref reader)),
            "R" => new Register(
                UniqueAddress.FromText(reader.Text()), QueryCodec.ReadTexts(ref reader),
                QueryCodec.ReadTexts(ref reader)),
            "P" => new RegisterProxy(UniqueAddress.FromText(reader.Text())),
            "H" => new GetShardHome(reader.Text()),
            "h" => new ShardHome(reader.Text(), provider.ResolveActorRef(reader.Text())),
            "S" => new HostShard(reader.Text(), reader.Int64()),
            "s" => new ShardStarted(reader.Text(), reader.Int64()),
            "B" => new BeginHandOff(reader.Text(), provider.ResolveActorRef(reader.Text()), reader.Int64()),
            "b" => new BeginHandOffAck(
                reader.Text(), provider.ResolveActorRef(reader.Text()), provider.ResolveActorRef(reader.Text()),
                reader.Int64()),
            "O" => new HandOff(reader.Text(), reader.Int64()),
            "o" => new ShardStopped(reader.Text(), reader.Int64()),
            "L" => RegionLeaves.Instance,
            _ => null,
        };

    private static (string Shard, long Turn) ShardAndTurnOf(ICoordinationMessage message) => message switch
    {
        HostShard host => (host.Shard, host.Turn),
        ShardStarted started => (started.Shard, started.Turn),
        HandOff handOff => (handOff.Shard, handOff.Turn),
        ShardStopped stopped => (stopped.Shard, stopped.Turn),
        _ => throw new ArgumentException($"{message.GetType()} cannot be written.", nameof(message)),
    };

    private static void WriteEpoch(FrameWriter writer, CoordinatorEpoch epoch)
    {
        writer.Int32(epoch.UpNumber);
        writer.Int64(epoch.Run);
    }

    private static CoordinatorEpoch ReadEpoch(ref FrameReader reader) => new(reader.Int32(), reader.Int64());

    private static void WriteRef(FrameWriter writer, IActorRef actor) =>
        writer.Text(Akka.Serialization.Serialization.SerializedActorPath(actor));
}
