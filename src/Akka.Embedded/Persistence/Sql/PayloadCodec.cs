using System.Text.Json;

namespace Akka.Persistence.Sql;

/// <summary>Payloads as bytes. This first form knows JSON only; the system's serializers take its place.</summary>
internal sealed class PayloadCodec(Akka.Serialization.Serialization serialization)
{
    private const int Json = 1;

    public SerializedPayload Write(object payload)
    {
        ArgumentNullException.ThrowIfNull(serialization);
        var type = payload.GetType();
        var bytes = JsonSerializer.SerializeToUtf8Bytes(payload, type);
        return new SerializedPayload(Json, type.AssemblyQualifiedName!, bytes);
    }

    #pragma warning disable CA1822, IDE0060
    public object Read(byte[] bytes, int serializerId, string manifest) =>
        JsonSerializer.Deserialize(bytes, Type.GetType(manifest, throwOnError: true)!)!;
}

internal readonly record struct SerializedPayload(int SerializerId, string Manifest, byte[] Bytes);
