using System.Text.Json;

namespace ClusterScheduler.Protocol.Wire;

/// <summary>A value that may be absent; absence is not written.</summary>
internal sealed class OptionalCodec<T>(WireCodec<T> inner) : WireCodec<T?>
    where T : struct
{
    public override string Name => $"{inner.Name}?";

    public override IEnumerable<WireCodec> Inner => [inner];

    public override void Write(Utf8JsonWriter writer, T? value)
    {
        if (value is { } present)
        {
            inner.Write(writer, present);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    public override T? Read(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Null ? null : inner.Read(ref reader);

    public override bool IsMissing(T? value) => value is null;

    public override bool TryGetMissing(out object? missing)
    {
        missing = null;
        return true;
    }
}

/// <inheritdoc cref="OptionalCodec{T}"/>
internal sealed class OptionalReferenceCodec<T>(WireCodec<T> inner) : WireCodec<T?>
    where T : class
{
    public override string Name => $"{inner.Name}?";

    public override IEnumerable<WireCodec> Inner => [inner];

    public override void Write(Utf8JsonWriter writer, T? value)
    {
        if (value is not null)
        {
            inner.Write(writer, value);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    public override T? Read(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Null ? null : inner.Read(ref reader);

    public override bool IsMissing(T? value) => value is null;

    public override bool TryGetMissing(out object? missing)
    {
        missing = null;
        return true;
    }
}
