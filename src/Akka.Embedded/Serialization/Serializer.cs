using Akka.Actor;

namespace Akka.Serialization;

/// <summary>
/// Turns objects into bytes and back. Named in HOCON; its id travels with the bytes and never changes.
/// </summary>
public abstract class Serializer
{
    protected readonly ExtendedActorSystem system;

    private int? _identifier;

    protected Serializer(ExtendedActorSystem system) => this.system = system;

    /// <summary>
    /// Which serializer wrote some bytes; from <c>akka.actor.serialization-identifiers</c> unless overridden.
    /// 0 to 40 belong to the engine.
    /// </summary>
    public virtual int Identifier =>
        _identifier ??= SerializerIdentifierHelper.GetSerializerIdentifierFromConfig(GetType(), system);

    /// <summary>True when <see cref="FromBinary(byte[], Type)"/> needs to be told the type.</summary>
    public abstract bool IncludeManifest { get; }

    public abstract byte[] ToBinary(object obj);

    public abstract object FromBinary(byte[] bytes, Type type);

    public T FromBinary<T>(byte[] bytes) => (T)FromBinary(bytes, typeof(T));

    /// <summary>
    /// As <see cref="ToBinary"/>, with references written as <paramref name="address"/> can use them.
    /// </summary>
    public byte[] ToBinaryWithAddress(Address address, object obj) =>
        TransportInformation.With(system, address, () => ToBinary(obj));
}
