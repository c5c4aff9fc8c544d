using System.Buffers.Binary;
using System.Text;
using Akka.Serialization;

namespace ClusterScheduler.Runtime.Edge;

/// <summary>
/// One message between an agent outside the membership and the node that it is connected to: the number of a question
/// (8 bytes, 0: none), the length of the manifest (1 byte), the manifest, and the message as it is on every other wire.
/// </summary>
/// <param name="Question">Carried back by the answer; 0 where no answer to this very message is waited for.</param>
/// <param name="Message">What is said.</param>
public readonly record struct EdgeFrame(long Question, IWireMessage Message)
{
    /// <summary>Said by the agent when it connects; a node of another version refuses.</summary>
    public const string Version = "2";

    /// <summary>Where on a node the agents connect.</summary>
    public const string Path = "/v1/edge";

    /// <summary>The header that carries <see cref="Version"/>.</summary>
    public const string VersionHeader = "Csched-Edge-Version";

    /// <summary>The header that carries the name of the cluster.</summary>
    public const string ClusterHeader = "Csched-Cluster";

    /// <summary>The header in which a node says why it does not take the agent.</summary>
    public const string RefusalHeader = "Csched-Refused";

    private const int ManifestAt = sizeof(long) + 1;

    /// <summary>The frame's bytes.</summary>
    /// <exception cref="Protocol.Wire.WireFormatException">The message has no name on the wire.</exception>
    public byte[] Write(ActorSystem system)
    {
        var serializer = SerializerOf(system);
        var manifest = Encoding.UTF8.GetBytes(serializer.Manifest(Message));
        var payload = serializer.ToBinary(Message);
        var bytes = new byte[ManifestAt + manifest.Length + payload.Length];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, Question);
        bytes[ManifestAt - 1] = checked((byte)manifest.Length);
        manifest.CopyTo(bytes, ManifestAt);
        payload.CopyTo(bytes, ManifestAt + manifest.Length);
        return bytes;
    }

    /// <summary>A frame from its bytes.</summary>
    /// <exception cref="Protocol.Wire.WireFormatException">They are not what a frame is.</exception>
    public static EdgeFrame Read(ActorSystem system, byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        var payloadAt = bytes.Length < ManifestAt ? int.MaxValue : ManifestAt + bytes[ManifestAt - 1];
        if (payloadAt > bytes.Length)
        {
            throw new Protocol.Wire.WireFormatException($"a frame of {bytes.Length} bytes ends within its head");
        }

        var manifest = Encoding.UTF8.GetString(bytes.AsSpan(ManifestAt, payloadAt - ManifestAt));
        return SerializerOf(system).FromBinary(bytes[payloadAt..], manifest) is IWireMessage message
            ? new EdgeFrame(BinaryPrimitives.ReadInt64LittleEndian(bytes), message)
            : throw new Protocol.Wire.WireFormatException($"{manifest} is stored, not said");
    }

    private static SerializerWithStringManifest SerializerOf(ActorSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        return (SerializerWithStringManifest)system.Serialization.FindSerializerForType(typeof(IWireMessage));
    }
}
