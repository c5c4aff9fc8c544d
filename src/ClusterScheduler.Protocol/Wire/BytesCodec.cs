using System.Runtime.InteropServices;
using System.Text.Json;

namespace ClusterScheduler.Protocol.Wire;

/// <summary>Raw bytes as base64; missing ones are none.</summary>
internal sealed class BytesCodec : WireCodec<ImmutableArray<byte>>
{
    public override string Name => "bytes";

    public override void Write(Utf8JsonWriter writer, ImmutableArray<byte> value) =>
        writer.WriteBase64StringValue(value.AsSpan());

    public override ImmutableArray<byte> Read(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.String
        ? ImmutableCollectionsMarshal.AsImmutableArray(reader.GetBytesFromBase64())
        : throw Expected(Name, ref reader);

    public override bool IsMissing(ImmutableArray<byte> value) => value.IsDefaultOrEmpty;

    public override bool TryGetMissing(out object? value)
    {
        value = ImmutableArray<byte>.Empty;
        return true;
    }
}
