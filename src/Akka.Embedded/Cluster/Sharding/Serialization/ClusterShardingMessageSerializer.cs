using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Cluster.Sharding.Internal;
using Akka.Remote.Wire;
using Akka.Serialization;

namespace Akka.Cluster.Sharding.Serialization;

/// <summary>
/// Sharding's own messages and stored events. A message inside an envelope is written by its own serializer. The
/// manifests are stored and sent: a letter never changes its meaning.
/// </summary>
public class ClusterShardingMessageSerializer : SerializerWithStringManifest
{
    [ThreadStatic]
    private static FrameWriter? s_writer;

    public ClusterShardingMessageSerializer(ExtendedActorSystem system)
        : base(system)
    {
    }

    public override string Manifest(object o) => o switch
    {
        ShardingEnvelope => "E",
        GetShardHome => "H",
        ShardHome => "h",
        AskRegion => "A",
        Register => "R",
        RegisterProxy => "P",
        RegisterAck => "r",
        HostShard => "S",
        ShardStarted => "s",
        BeginHandOff => "B",
        BeginHandOffAck => "b",
        HandOff => "O",
        ShardStopped => "o",
        RegionLeaves => "L",
        ShardRegion.StartEntity => "T",
        StartEntityAck => "t",
        EntitiesStarted => "e+",
        EntitiesStopped => "e-",
        ShardAdded => "s+",
        KnownIds => "k",
        _ => QueryCodec.Manifest(o),
    };

    public override byte[] ToBinary(object obj)
    {
        // One buffer a thread; an envelope within an envelope finds it taken and makes its own.
        var writer = s_writer ?? new FrameWriter();
        s_writer = null;
        try
        {
            Write(writer, obj);
            return writer.Written.ToArray();
        }
        finally
        {
            writer.Clear();
            s_writer = writer;
        }
    }

    public override object FromBinary(byte[] bytes, string manifest)
    {
        var reader = new FrameReader(bytes);
        return manifest switch
        {
            "E" => ReadEnvelope(ref reader),
            "T" => new ShardRegion.StartEntity(reader.Text()),
            "t" => new StartEntityAck(reader.Text(), reader.Text()),
            "e+" => new EntitiesStarted(QueryCodec.ReadTexts(ref reader)),
            "e-" => new EntitiesStopped(QueryCodec.ReadTexts(ref reader)),
            "s+" => new ShardAdded(reader.Text()),
            "k" => new KnownIds(QueryCodec.ReadTexts(ref reader)),
            _ => CoordinationCodec.Read(manifest, ref reader, system.Provider)
                ?? QueryCodec.Read(manifest, ref reader)
                ?? throw new SerializationException($"'{manifest}' is no manifest of sharding."),
        };
    }

    private void Write(FrameWriter writer, object obj)
    {
        switch (obj)
        {
            case ShardingEnvelope envelope:
                writer.Text(envelope.EntityId);
                WriteInner(writer, envelope.Message);
                break;
            case ShardRegion.StartEntity start:
                writer.Text(start.EntityId);
                break;
            case StartEntityAck ack:
                writer.Text(ack.EntityId);
                writer.Text(ack.ShardId);
                break;
            case EntitiesStarted started:
                QueryCodec.WriteTexts(writer, started.Ids);
                break;
            case EntitiesStopped stopped:
                QueryCodec.WriteTexts(writer, stopped.Ids);
                break;
            case KnownIds known:
                QueryCodec.WriteTexts(writer, known.Ids);
                break;
            case ShardAdded added:
                writer.Text(added.Shard);
                break;
            case ICoordinationMessage coordination:
                CoordinationCodec.Write(writer, coordination);
                break;
            default:
                QueryCodec.Write(writer, obj);
                break;
        }
    }

    private void WriteInner(FrameWriter writer, object inner)
    {
        var serializer = system.Serialization.FindSerializerFor(inner);
        writer.Int32(serializer.Identifier);
        writer.Text(Akka.Serialization.Serialization.ManifestFor(serializer, inner));
        writer.Bytes(serializer.ToBinary(inner));
    }

    private ShardingEnvelope ReadEnvelope(ref FrameReader reader)
    {
        var entity = reader.Text();
        var (serializerId, manifest) = (reader.Int32(), reader.Text());
        return new ShardingEnvelope(
            entity, system.Serialization.Deserialize(reader.Bytes().ToArray(), serializerId, manifest));
    }
}
