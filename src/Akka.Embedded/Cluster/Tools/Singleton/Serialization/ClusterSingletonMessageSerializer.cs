using System.Buffers.Binary;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;

namespace Akka.Cluster.Tools.Singleton.Serialization;

/// <summary>What managers and proxies say to each other.</summary>
public class ClusterSingletonMessageSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private const string WantedManifest = "W";

    public override string Manifest(object o) => o is SingletonWanted ? WantedManifest : throw Unknown(o);

    public override byte[] ToBinary(object obj)
    {
        if (obj is not SingletonWanted wanted)
            throw Unknown(obj);
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, wanted.Round);
        return bytes;
    }

    public override object FromBinary(byte[] bytes, string manifest)
    {
        if (manifest != WantedManifest)
            throw new SerializationException($"'{manifest}' is no manifest of a singleton's messages.");
        if (bytes is not { Length: sizeof(long) })
            throw new SerializationException($"A singleton's message has {bytes?.Length} bytes, not {sizeof(long)}.");
        return new SingletonWanted(BinaryPrimitives.ReadInt64LittleEndian(bytes));
    }

    private static ArgumentException Unknown(object o) => new($"{o.GetType()} is no message of singletons.", nameof(o));
}
