using System.Text.Json;

namespace ClusterScheduler.Protocol.Wire;

/// <summary>A typed id, written as the plain text that it wraps.</summary>
/// <param name="name">As the contract names it.</param>
/// <param name="text">The text of an id.</param>
/// <param name="id">The id of a text.</param>
internal sealed class IdCodec<T>(string name, Func<T, string> text, Func<string, T> id) : WireCodec<T>
    where T : struct
{
    public override string Name => name;

    public override void Write(Utf8JsonWriter writer, T value) => writer.WriteStringValue(text(value));

    public override T Read(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.String
        ? id(reader.GetString()!)
        : throw Expected(name, ref reader);

    /// <summary>An id that is not there names nothing: the message is refused.</summary>
    public override bool TryGetMissing(out object? value)
    {
        value = null;
        return false;
    }
}
