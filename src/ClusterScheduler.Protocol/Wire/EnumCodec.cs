using System.Text.Json;

namespace ClusterScheduler.Protocol.Wire;

/// <summary>
/// A member of an enumeration, written by its name in camel case, so that members may be added and moved. A name that
/// this program does not know was written by a later version and is refused.
/// </summary>
internal sealed class EnumCodec<T> : WireCodec<T>
    where T : struct, Enum
{
    private readonly T[] _members = Enum.GetValues<T>();
    private readonly JsonEncodedText[] _names;

    public EnumCodec() => _names = [.. _members.Select(static member =>
        JsonEncodedText.Encode(JsonNamingPolicy.CamelCase.ConvertName(member.ToString())))];

    public override string Name => typeof(T).Name;

    public override IEnumerable<string> Shape => [string.Join(" | ", _names.Select(static name => name.Value))];

    public override void Write(Utf8JsonWriter writer, T value) => writer.WriteStringValue(_names[IndexOf(value)]);

    public override T Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw Expected(Name, ref reader);
        }

        for (var index = 0; index < _names.Length; index++)
        {
            if (reader.ValueTextEquals(_names[index].EncodedUtf8Bytes))
            {
                return _members[index];
            }
        }

        throw new WireFormatException(
            $"'{reader.GetString()}' is no {Name}; this version knows {string.Join(", ", Shape)}");
    }

    private int IndexOf(T value)
    {
        var index = Array.IndexOf(_members, value);
        return index >= 0 ? index : throw new WireFormatException($"{value} is no {Name}");
    }
}
