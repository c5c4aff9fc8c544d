using System.Collections.Frozen;
using System.Text.Json;
using Akka.Serialization;

namespace ClusterScheduler.Protocol.Wire;

/// <summary>
/// Writes every <see cref="IWireMessage"/> and every stored event as compact JSON under a manifest of its own
/// (<c>master.accept/1</c>), which does not depend on the names of types. Fields may be added: readers pass over what
/// they do not know, and what is absent takes its default. Named in HOCON under <c>akka.actor.serializers</c>
/// (<c>hocon/engine/common.conf</c>).
/// </summary>
public sealed class WireSerializer : SerializerWithStringManifest
{
    /// <summary>Stored with every event, so it never changes.</summary>
    public const int WireIdentifier = 7301;

    private readonly FrozenDictionary<string, Lazy<WireEntry>> _byName;
    private readonly FrozenDictionary<Type, Lazy<WireEntry>> _byType;

    /// <summary>Made by the engine, once per actor system.</summary>
    /// <param name="system">Resolves the actors that messages name.</param>
    public WireSerializer(ExtendedActorSystem system)
        : base(system)
    {
        var codecs = new WireCodecs(system);
        var entries = WireManifests.All
            .Select(manifest => (manifest, entry: new Lazy<WireEntry>(
                () => new WireEntry(manifest.Name, codecs.Get(manifest.Type)))))
            .ToArray();
        _byName = entries.ToFrozenDictionary(
            static pair => pair.manifest.Name, static pair => pair.entry, StringComparer.Ordinal);
        _byType = entries.ToFrozenDictionary(static pair => pair.manifest.Type, static pair => pair.entry);
    }

    /// <inheritdoc/>
    public override int Identifier => WireIdentifier;

    /// <inheritdoc/>
    /// <exception cref="WireFormatException">The type has no name on the wire.</exception>
    public override string Manifest(object o) => EntryOf(o).Name;

    /// <inheritdoc/>
    /// <exception cref="WireFormatException">The type has no name on the wire, or a field of it is null that must
    /// not be.</exception>
    public override byte[] ToBinary(object obj)
    {
        var entry = EntryOf(obj);
        var buffer = WireBuffer.Rent();
        try
        {
            entry.Codec.WriteBoxed(buffer.Writer, obj);
            return buffer.ToArray();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or WireFormatException)
        {
            throw new WireFormatException($"{entry.Name} cannot be written: {e.Message}", e);
        }
        finally
        {
            buffer.Return();
        }
    }

    /// <inheritdoc/>
    /// <exception cref="WireFormatException">The manifest is not known, or the bytes are not what it says.</exception>
    public override object FromBinary(byte[] bytes, string manifest)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (!_byName.TryGetValue(manifest, out var found))
        {
            throw new WireFormatException(UnknownManifest(manifest));
        }

        var reader = new Utf8JsonReader(bytes);
        try
        {
            reader.Read();
            var value = found.Value.Codec.ReadBoxed(ref reader)!;
            return !reader.Read() ? value : throw new WireFormatException("there is more after its end");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new WireFormatException(
                $"{manifest} cannot be read, at byte {reader.BytesConsumed} of {bytes.Length}: {e.Message}", e);
        }
    }

    internal WireCodec CodecOf(Type type) => _byType[type].Value.Codec;

    private WireEntry EntryOf(object message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return _byType.TryGetValue(message.GetType(), out var found)
            ? found.Value
            : throw new WireFormatException(
                $"{message.GetType()} has no name on the wire: give it one in WireManifests, or keep it in the"
                + " process");
    }

    private string UnknownManifest(string manifest)
    {
        var slash = manifest.LastIndexOf('/');
        var known = _byName.Keys
            .Where(name => slash > 0 && name.StartsWith(manifest[..(slash + 1)], StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .ToArray();
        return known.Length > 0
            ? $"{manifest} was written by a later version of this program, which knows {string.Join(", ", known)}: "
                + "upgrade it before it reads this"
            : $"'{manifest}' is no manifest that this program knows: it was written by a later version or by another"
                + " program";
    }
}
