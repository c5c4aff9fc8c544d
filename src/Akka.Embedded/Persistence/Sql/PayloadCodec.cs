namespace Akka.Persistence.Sql;

using Serialization = Akka.Serialization.Serialization;

/// <summary>Payloads as bytes, with the serializer's id and manifest, through the system's serializers.</summary>
internal sealed class PayloadCodec(Serialization serialization)
{
    public SerializedPayload Write(object payload)
    {
        var serializer = serialization.FindSerializerFor(payload);
        var bytes = Serialization.WithTransport(serialization.System, () => serializer.ToBinary(payload));
        return new SerializedPayload(serializer.Identifier, Serialization.ManifestFor(serializer, payload), bytes);
    }

    public object Read(byte[] bytes, int serializerId, string manifest) =>
        serialization.Deserialize(bytes, serializerId, manifest);
}

internal readonly record struct SerializedPayload(int SerializerId, string Manifest, byte[] Bytes);
