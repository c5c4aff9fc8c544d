using System.Text.Json;

namespace ClusterScheduler.Protocol.Wire;

/// <summary>A list in its order. A missing one, and one that was never set, is empty.</summary>
internal sealed class ArrayCodec<T>(WireCodec<T> item) : WireCodec<ImmutableArray<T>>
{
    public override string Name => $"[{item.Name}]";

    public override IEnumerable<WireCodec> Inner => [item];

    public override void Write(Utf8JsonWriter writer, ImmutableArray<T> value)
    {
        writer.WriteStartArray();
        foreach (var each in value.IsDefault ? [] : value)
        {
            item.Write(writer, each);
        }

        writer.WriteEndArray();
    }

    public override ImmutableArray<T> Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw Expected(Name, ref reader);
        }

        reader.Read();
        if (reader.TokenType == JsonTokenType.EndArray)
        {
            return [];
        }

        var first = item.Read(ref reader);
        reader.Read();
        if (reader.TokenType == JsonTokenType.EndArray)
        {
            return [first];
        }

        var items = ImmutableArray.CreateBuilder<T>();
        items.Add(first);
        for (; reader.TokenType != JsonTokenType.EndArray; reader.Read())
        {
            items.Add(item.Read(ref reader));
        }

        return items.DrainToImmutable();
    }

    public override bool IsMissing(ImmutableArray<T> value) => value.IsDefaultOrEmpty;

    public override bool TryGetMissing(out object? value)
    {
        value = ImmutableArray<T>.Empty;
        return true;
    }
}
