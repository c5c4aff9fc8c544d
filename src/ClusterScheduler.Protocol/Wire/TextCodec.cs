using System.Text.Json;

namespace ClusterScheduler.Protocol.Wire;

/// <summary>Text; a missing one is empty.</summary>
internal sealed class TextCodec : WireCodec<string>
{
    public override string Name => "text";

    public override void Write(Utf8JsonWriter writer, string value) => writer.WriteStringValue(value);

    public override string Read(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.String
        ? reader.GetString()!
        : throw Expected(Name, ref reader);

    public override bool IsMissing(string value) => value.Length == 0;

    public override bool TryGetMissing(out object? value)
    {
        value = "";
        return true;
    }
}
