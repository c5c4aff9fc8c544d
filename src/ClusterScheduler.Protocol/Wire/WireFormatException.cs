using System.Runtime.Serialization;

namespace ClusterScheduler.Protocol.Wire;

/// <summary>
/// Bytes that this program cannot read, or an object that it must not write. The message names the manifest, the
/// place and what would have been right. Akka.NET's persistence and remoting treat it as any failure to serialize:
/// a recovery stops, a remote message is dropped with an error in the log.
/// </summary>
public sealed class WireFormatException : SerializationException
{
    /// <summary>With what is wrong.</summary>
    public WireFormatException(string message)
        : base(message)
    {
    }

    /// <summary>With what is wrong and the fault beneath it.</summary>
    public WireFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
