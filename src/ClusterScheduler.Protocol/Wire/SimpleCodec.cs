using System.Text.Json;

namespace ClusterScheduler.Protocol.Wire;

/// <summary>A type that is one JSON token: a text, a number or a truth value.</summary>
/// <param name="name">As the contract names it.</param>
/// <param name="token">The token that it is written as; for truth values either of the two.</param>
/// <param name="write">Writes it.</param>
/// <param name="read">Reads it; the reader stands on that token.</param>
internal sealed class SimpleCodec<T>(
    string name, JsonTokenType token, Action<Utf8JsonWriter, T> write, SimpleCodec<T>.TokenReader read) : WireCodec<T>
    where T : struct
{
    public delegate T TokenReader(ref Utf8JsonReader reader);

    public override string Name => name;

    public override void Write(Utf8JsonWriter writer, T value) => write(writer, value);

    public override T Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != token && !(token == JsonTokenType.True && reader.TokenType == JsonTokenType.False))
        {
            throw Expected(name, ref reader);
        }

        return read(ref reader);
    }

    /// <summary>Only false is left out: numbers and times are written, so that a reader sees them.</summary>
    public override bool IsMissing(T value) => value is false;
}
