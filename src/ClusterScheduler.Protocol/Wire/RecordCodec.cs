using System.Reflection;
using System.Text.Json;

namespace ClusterScheduler.Protocol.Wire;

/// <summary>
/// A record as a JSON object of its constructor's parameters and init-only properties. A field that is absent takes
/// its natural default (no text, no items, none, zero) or what the record itself starts it with; a field that is
/// not known is passed over; a field for which there is no default is an error that names it. System.Text.Json's own
/// records cannot do that: generated metadata loses what a record starts its properties with, and both its modes
/// leave an absent <see cref="ImmutableArray{T}"/> or text null.
/// </summary>
/// <typeparam name="T">The record.</typeparam>
internal sealed class RecordCodec<T> : WireCodec<T>
    where T : notnull
{
    private RecordField<T>[] _fields = [];
    private object?[] _missing = [];
    private bool[] _required = [];
    private ConstructorInvoker? _constructor;
    private int _arguments;

    public override string Name => typeof(T).DeclaringType is { IsAbstract: true, IsSealed: false } union
        ? $"{union.Name}.{typeof(T).Name}"
        : typeof(T).Name;

    public override IEnumerable<string> Shape => _fields.Select(static each => $"{each.Name}: {each.Codec.Name}");

    public override IEnumerable<WireCodec> Inner => _fields.Select(static each => each.Codec);

    /// <summary>Learns the record; apart from the constructor, because records may contain one another.</summary>
    public void Build(Func<PropertyInfo, WireCodec> codecOf)
    {
        var constructor = RecordShape.ConstructorOf(typeof(T));
        var parameters = constructor.GetParameters();
        var properties = RecordShape.PropertiesOf(typeof(T), parameters);
        _arguments = parameters.Length;
        _fields = [.. properties.Select((property, index) => NewField(
            property, index < _arguments, index < _arguments && parameters[index].HasDefaultValue, codecOf))];
        _missing = new object?[_fields.Length];
        _required = new bool[_fields.Length];
        for (var index = 0; index < _arguments; index++)
        {
            _required[index] = !parameters[index].HasDefaultValue
                && !_fields[index].Codec.TryGetMissing(out _missing[index]);
            _missing[index] = parameters[index].HasDefaultValue ? parameters[index].DefaultValue : _missing[index];
        }

        _constructor = ConstructorInvoker.Create(constructor);
        LearnInitialValues();
    }

    public override void Write(Utf8JsonWriter writer, T value)
    {
        writer.WriteStartObject();
        foreach (var field in _fields)
        {
            field.Write(writer, ref value);
        }

        writer.WriteEndObject();
    }

    public override T Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Expected($"{Name} as an object", ref reader);
        }

        var values = new object?[_fields.Length];
        ulong seen = 0;
        var next = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var index = Find(ref reader, next);
            reader.Read();
            if (index < 0)
            {
                reader.Skip();
            }
            else if (reader.TokenType != JsonTokenType.Null)
            {
                values[index] = ReadField(ref reader, index);
                seen |= 1UL << index;
                next = index + 1;
            }
        }

        return Create(values, seen);
    }

    /// <summary>A value type of which nothing is required is made of what stands for its missing fields.</summary>
    public override bool TryGetMissing(out object? value)
    {
        value = typeof(T).IsValueType && !_required.Contains(true) ? Create(new object?[_fields.Length], 0) : null;
        return value is not null;
    }

    private static RecordField<T> NewField(
        PropertyInfo property, bool isArgument, bool hasDefault, Func<PropertyInfo, WireCodec> codecOf) =>
        (RecordField<T>)Activator.CreateInstance(
            typeof(RecordField<,>).MakeGenericType(typeof(T), property.PropertyType),
            property, isArgument, hasDefault, codecOf(property))!;

    private void LearnInitialValues()
    {
        if (_fields.Length == _arguments)
        {
            return;
        }

        var fresh = (T)_constructor!.Invoke(_missing.AsSpan(0, _arguments));
        foreach (var field in _fields.AsSpan(_arguments))
        {
            field.LearnInitialValue(ref fresh);
        }
    }

    // Fields come in the order in which they were written: the first guess is nearly always right.
    private int Find(ref Utf8JsonReader reader, int guess)
    {
        for (var at = 0; at < _fields.Length; at++)
        {
            var index = guess + at;
            index -= index >= _fields.Length ? _fields.Length : 0;
            if (reader.ValueTextEquals(_fields[index].Name.EncodedUtf8Bytes))
            {
                return index;
            }
        }

        return -1;
    }

    private object? ReadField(ref Utf8JsonReader reader, int index)
    {
        try
        {
            return _fields[index].Codec.ReadBoxed(ref reader);
        }
        catch (Exception e) when (e is WireFormatException or FormatException or InvalidOperationException)
        {
            throw new WireFormatException($"{Name}.{_fields[index].Name}: {e.Message}", e);
        }
    }

    private T Create(object?[] values, ulong seen)
    {
        for (var index = 0; index < _arguments; index++)
        {
            if ((seen & (1UL << index)) != 0)
            {
                continue;
            }

            values[index] = !_required[index]
                ? _missing[index]
                : throw new WireFormatException($"{Name}.{_fields[index].Name} is missing");
        }

        var record = _constructor!.Invoke(values.AsSpan(0, _arguments));
        for (var index = _arguments; index < _fields.Length; index++)
        {
            if ((seen & (1UL << index)) != 0)
            {
                _fields[index].Property.SetValue(record, values[index]);
            }
        }

        return (T)record;
    }
}
