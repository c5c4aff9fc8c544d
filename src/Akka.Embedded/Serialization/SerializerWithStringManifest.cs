using Akka.Actor;

namespace Akka.Serialization;

/// <summary>
/// A serializer that names what it wrote itself, so that types can be renamed and versions told apart.
/// </summary>
public abstract class SerializerWithStringManifest : Serializer
{
    protected SerializerWithStringManifest(ExtendedActorSystem system)
        : base(system)
    {
    }

    public sealed override bool IncludeManifest => true;

    public abstract string Manifest(object o);

    public abstract object FromBinary(byte[] bytes, string manifest);

    public sealed override object FromBinary(byte[] bytes, Type type) =>
        FromBinary(bytes, type is null ? "" : TypeManifest.Of(type));
}
