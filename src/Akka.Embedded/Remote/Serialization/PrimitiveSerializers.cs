using System.Buffers.Binary;
using System.Runtime.Serialization;
using System.Text;
using Akka.Actor;
using Akka.Serialization;

namespace Akka.Remote.Serialization;

/// <summary>Strings and whole numbers.</summary>
internal sealed class PrimitiveSerializers : SerializerWithStringManifest
{
    private const string StringManifest = "S";
    private const string Int32Manifest = "I";
    private const string Int64Manifest = "L";

    public PrimitiveSerializers(ExtendedActorSystem system)
        : base(system)
    {
    }

    public override string Manifest(object o) => o switch
    {
        string => StringManifest,
        int => Int32Manifest,
        long => Int64Manifest,
        _ => throw NotPrimitive(o),
    };

    public override byte[] ToBinary(object obj)
    {
        switch (obj)
        {
            case string text:
                return Encoding.UTF8.GetBytes(text);
            case int number:
                var four = new byte[sizeof(int)];
                BinaryPrimitives.WriteInt32LittleEndian(four, number);
                return four;
            case long number:
                var eight = new byte[sizeof(long)];
                BinaryPrimitives.WriteInt64LittleEndian(eight, number);
                return eight;
            default:
                throw NotPrimitive(obj);
        }
    }

    public override object FromBinary(byte[] bytes, string manifest) => manifest switch
    {
        StringManifest => Encoding.UTF8.GetString(bytes),
        Int32Manifest => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        Int64Manifest => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        _ => throw new SerializationException($"'{manifest}' is no manifest of a string or a whole number."),
    };

    private static ArgumentException NotPrimitive(object o) =>
        new($"{o.GetType()} is no string, int or long.", nameof(o));
}
