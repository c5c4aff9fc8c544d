using System.Runtime.Serialization;
using Akka.Actor;

namespace Akka.Serialization;

/// <summary>The serializers of one system, by id and by the types they are bound to.</summary>
public class Serialization
{
    /// <summary>Messages within messages; bytes that nest deeper are made to hurt.</summary>
    private const int DepthMax = 16;

    [ThreadStatic]
    private static int s_depth;

    private readonly SerializerRegistry _registry;

    public Serialization(ExtendedActorSystem system)
    {
        System = system;
        _registry = new SerializerRegistry(system);
    }

    public ExtendedActorSystem System { get; }

    /// <summary>How an actor is written in a message, so that the receiver can send to it.</summary>
    public static string SerializedActorPath(IActorRef actorRef)
    {
        if (actorRef is null or Nobody)
            return "";
        var path = actorRef.Path;
        if (TransportInformation.Current is { } transport)
        {
            var provider = ((ExtendedActorSystem)transport.System).Provider;
            var address = provider.GetExternalAddressFor(transport.Address) ?? provider.DefaultAddress;
            return path.ToSerializationFormatWithAddress(address);
        }

        return actorRef is ActorRefBase { Owner: { } owner }
            ? path.ToSerializationFormatWithAddress(owner.Provider.DefaultAddress)
            : path.ToSerializationFormat();
    }

    public static T WithTransport<T>(ExtendedActorSystem system, Func<T> action) =>
        TransportInformation.With(system, system.Provider.DefaultAddress, action);

    public static string ManifestFor(Serializer s, object msg)
    {
        ArgumentNullException.ThrowIfNull(s);
        if (s is SerializerWithStringManifest named)
            return named.Manifest(msg);
        return s.IncludeManifest ? TypeManifest.Of(msg.GetType()) : "";
    }

    public void AddSerializer(string name, Serializer serializer) => _registry.Add(name, serializer);

    public void AddSerializationMap(Type type, Serializer serializer) => _registry.Bind(type, serializer);

    public byte[] Serialize(object o) => WithTransport(System, () => FindSerializerFor(o).ToBinary(o));

    public object Deserialize(byte[] bytes, int serializerId, Type type) => _registry.Find(serializerId)
        .FromBinary(bytes, type);

    public object Deserialize(byte[] bytes, int serializerId, string manifest)
    {
        var serializer = _registry.Find(serializerId);
        if (s_depth >= DepthMax)
            throw new SerializationException($"A message has more than {DepthMax} others inside each other.");
        s_depth++;
        try
        {
            return serializer is SerializerWithStringManifest named
                ? named.FromBinary(bytes, manifest)
                : serializer.FromBinary(
                    bytes, string.IsNullOrEmpty(manifest) ? null! : _registry.FindBoundType(manifest));
        }
        finally
        {
            s_depth--;
        }
    }

    public IActorRef DeserializeActorRef(string path) =>
        string.IsNullOrEmpty(path) ? ActorRefs.Nobody : System.Provider.ResolveActorRef(path);

    /// <exception cref="SerializationException">No serializer is bound to the type.</exception>
    public Serializer FindSerializerFor(object obj, string? defaultSerializerName = null) =>
        obj is null ? _registry.Null : FindSerializerForType(obj.GetType(), defaultSerializerName);

    /// <exception cref="SerializationException">No serializer is bound to the type.</exception>
    public Serializer FindSerializerForType(Type objectType, string? defaultSerializerName = null) =>
        _registry.Find(objectType, defaultSerializerName);

    /// <summary>
    /// For <c>akka.actor.serialize-messages</c>: what the receiver would get from another node. The engine's own
    /// messages stay as they are; what they carry makes its own round trip when it is delivered.
    /// </summary>
    internal object RoundTrip(object message)
    {
        if (message is INoSerializationVerificationNeeded)
            return message;
        if (message.GetType().Assembly == typeof(Serialization).Assembly)
            return message;
        try
        {
            var serializer = FindSerializerFor(message);
            var manifest = ManifestFor(serializer, message);
            return WithTransport(
                System, () => Deserialize(serializer.ToBinary(message), serializer.Identifier, manifest));
        }
        catch (Exception failure)
        {
            throw new SerializationException(
                $"A message of type {message.GetType()} does not survive its serializer: {failure.Message}", failure);
        }
    }
}
