using Akka.Actor;

namespace Akka.Serialization;

/// <summary>Bytes as they are.</summary>
public class ByteArraySerializer : Serializer
{
    public ByteArraySerializer(ExtendedActorSystem system)
        : base(system)
    {
    }

    public override bool IncludeManifest => false;

    public override byte[] ToBinary(object obj) => obj switch
    {
        null => [],
        byte[] bytes => bytes,
        _ => throw new NotSupportedException($"Only byte arrays can be written as they are, not {obj.GetType()}."),
    };

    public override object FromBinary(byte[] bytes, Type type) => bytes;
}
