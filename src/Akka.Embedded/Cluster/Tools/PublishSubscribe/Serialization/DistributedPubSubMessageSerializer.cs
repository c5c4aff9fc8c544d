using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe.Spreading;
using Akka.Remote.Wire;
using Akka.Serialization;

namespace Akka.Cluster.Tools.PublishSubscribe.Serialization;

/// <summary>What mediators say to each other, and what users tell a mediator of another node.</summary>
public class DistributedPubSubMessageSerializer : SerializerWithStringManifest
{
    private const string PublishManifest = "P";
    private const string SendManifest = "S";
    private const string SendToAllManifest = "A";
    private const string DeliveryManifest = "D";
    private const string ChangesManifest = "C";
    private const string BucketManifest = "B";
    private const string WantedManifest = "W";
    private const string DigestManifest = "G";
    private const string VersionsManifest = "V";

    public DistributedPubSubMessageSerializer(ExtendedActorSystem system)
        : base(system)
    {
    }

    public override string Manifest(object o) => o switch
    {
        Publish => PublishManifest,
        Send => SendManifest,
        SendToAll => SendToAllManifest,
        Delivery => DeliveryManifest,
        Changes => ChangesManifest,
        BucketPart => BucketManifest,
        Wanted => WantedManifest,
        Digest => DigestManifest,
        Versions => VersionsManifest,
        _ => throw new ArgumentException($"{o.GetType()} is no message of publish-subscribe.", nameof(o)),
    };

    public override byte[] ToBinary(object obj)
    {
        if (obj is Delivery { Bytes: { } known })
            return known;
        var writer = new FrameWriter();
        if (obj is ISpreading spreading)
            SpreadingCodec.Write(writer, spreading);
        else
            WriteWrapped(writer, (IDistributedPubSubMessage)obj);
        var bytes = writer.Written.ToArray();
        if (obj is Delivery delivery)
            delivery.Bytes = bytes;
        return bytes;
    }

    public override object FromBinary(byte[] bytes, string manifest)
    {
        var reader = new FrameReader(bytes);
        return manifest switch
        {
            PublishManifest => new Publish(reader.Text(), ReadInner(ref reader), reader.Byte() != 0),
            SendManifest => new Send(reader.Text(), ReadInner(ref reader), reader.Byte() != 0),
            SendToAllManifest => new SendToAll(reader.Text(), ReadInner(ref reader), reader.Byte() != 0),
            DeliveryManifest => new Delivery(SpreadingCodec.ReadEntry(ref reader), ReadInner(ref reader)),
            ChangesManifest => SpreadingCodec.ReadChanges(ref reader),
            BucketManifest => SpreadingCodec.ReadBucket(ref reader),
            WantedManifest => SpreadingCodec.ReadWanted(ref reader),
            DigestManifest => new Digest(reader.Int32(), (ulong)reader.Int64()),
            VersionsManifest => SpreadingCodec.ReadVersions(ref reader),
            _ => throw new SerializationException($"'{manifest}' is no manifest of publish-subscribe."),
        };
    }

    private void WriteWrapped(FrameWriter writer, IDistributedPubSubMessage message)
    {
        switch (message)
        {
            case Publish publish:
                writer.Text(publish.Topic);
                WriteInner(writer, publish.Message);
                writer.Byte(publish.SendOneMessageToEachGroup ? (byte)1 : (byte)0);
                break;
            case Send send:
                writer.Text(send.Path);
                WriteInner(writer, send.Message);
                writer.Byte(send.LocalAffinity ? (byte)1 : (byte)0);
                break;
            case SendToAll send:
                writer.Text(send.Path);
                WriteInner(writer, send.Message);
                writer.Byte(send.ExcludeSelf ? (byte)1 : (byte)0);
                break;
            case Delivery delivery:
                SpreadingCodec.WriteEntry(writer, delivery.To);
                WriteInner(writer, delivery.Message);
                break;
            default:
                throw new ArgumentException(
                    $"{message.GetType()} is no message of publish-subscribe.", nameof(message));
        }
    }

    private void WriteInner(FrameWriter writer, object inner)
    {
        var serializer = system.Serialization.FindSerializerFor(inner);
        writer.Int32(serializer.Identifier);
        writer.Text(Akka.Serialization.Serialization.ManifestFor(serializer, inner));
        writer.Bytes(serializer.ToBinary(inner));
    }

    private object ReadInner(ref FrameReader reader)
    {
        var (serializerId, manifest) = (reader.Int32(), reader.Text());
        return system.Serialization.Deserialize(reader.Bytes().ToArray(), serializerId, manifest);
    }
}
