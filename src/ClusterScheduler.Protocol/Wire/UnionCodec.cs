using System.Text.Json;

namespace ClusterScheduler.Protocol.Wire;

/// <summary>
/// One of the sealed records nested in an abstract one, as an object with one property: the case's name in camel case,
/// with the record under it. A case that this program does not know was written by a later version and is refused.
/// </summary>
/// <typeparam name="T">The abstract record.</typeparam>
internal sealed class UnionCodec<T> : WireCodec<T>
    where T : class
{
    private (Type Type, JsonEncodedText Name, WireCodec Codec)[] _cases = [];

    public override string Name => typeof(T).Name;

    public override IEnumerable<string> Shape => _cases.Select(static each => $"{each.Name}: {each.Codec.Name}");

    public override IEnumerable<WireCodec> Inner => _cases.Select(static each => each.Codec);

    /// <summary>The cases of an abstract record; none where it is no union.</summary>
    public static IEnumerable<Type> CasesOf(Type type) => type.GetNestedTypes()
        .Where(each => each.IsSealed && each.BaseType == type)
        .OrderBy(static each => each.Name, StringComparer.Ordinal);

    /// <summary>Learns the cases; apart from the constructor, because records may contain one another.</summary>
    public void Build(Func<Type, WireCodec> codecOf) => _cases = [.. CasesOf(typeof(T)).Select(each =>
        (each, JsonEncodedText.Encode(JsonNamingPolicy.CamelCase.ConvertName(each.Name)), codecOf(each)))];

    public override void Write(Utf8JsonWriter writer, T value)
    {
        var found = Array.Find(_cases, each => each.Type == value.GetType());
        if (found.Type is null)
        {
            throw new WireFormatException($"{value.GetType()} is no case of {Name}");
        }

        writer.WriteStartObject();
        writer.WritePropertyName(found.Name);
        found.Codec.WriteBoxed(writer, value);
        writer.WriteEndObject();
    }

    public override T Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject
            || !reader.Read() || reader.TokenType != JsonTokenType.PropertyName)
        {
            throw Expected($"{Name} as an object with one property", ref reader);
        }

        foreach (var each in _cases)
        {
            if (reader.ValueTextEquals(each.Name.EncodedUtf8Bytes))
            {
                reader.Read();
                var value = (T)each.Codec.ReadBoxed(ref reader)!;
                return reader.Read() && reader.TokenType == JsonTokenType.EndObject
                    ? value
                    : throw Expected($"nothing more of {Name}", ref reader);
            }
        }

        throw new WireFormatException($"'{reader.GetString()}' is no {Name}; this version knows "
            + string.Join(", ", _cases.Select(static each => each.Name.Value)));
    }
}
