using System.Reflection;
using System.Text.Json;

namespace ClusterScheduler.Protocol.Wire;

/// <summary>One property of a record: its name on the wire, and how it is taken out and put in.</summary>
/// <typeparam name="TRecord">The record.</typeparam>
internal abstract class RecordField<TRecord>(PropertyInfo property, bool isArgument)
    where TRecord : notnull
{
    public JsonEncodedText Name { get; } =
        JsonEncodedText.Encode(JsonNamingPolicy.CamelCase.ConvertName(property.Name));

    /// <summary>Given to the constructor; the others are set after it.</summary>
    public bool IsArgument => isArgument;

    public PropertyInfo Property => property;

    public abstract WireCodec Codec { get; }

    public abstract void Write(Utf8JsonWriter writer, ref TRecord record);

    /// <summary>Looks at what the record itself starts this property with.</summary>
    public abstract void LearnInitialValue(ref TRecord record);
}

/// <inheritdoc/>
/// <typeparam name="TRecord">The record.</typeparam>
/// <typeparam name="TValue">The property's type.</typeparam>
internal sealed class RecordField<TRecord, TValue> : RecordField<TRecord>
    where TRecord : notnull
{
    private delegate TValue StructGetter(ref TRecord record);

    private readonly WireCodec<TValue> _codec;
    private readonly Func<TRecord, TValue>? _getter;
    private readonly StructGetter? _structGetter;
    private bool _leaveOutMissing;
    private bool _isOptional;

    public RecordField(PropertyInfo property, bool isArgument, bool hasDefault, WireCodec codec)
        : base(property, isArgument)
    {
        _codec = (WireCodec<TValue>)codec;
        _leaveOutMissing = isArgument && !hasDefault;
        _isOptional = codec.TryGetMissing(out var missing) && missing is null;
        var getter = property.GetMethod!;
        if (typeof(TRecord).IsValueType)
        {
            _structGetter = getter.CreateDelegate<StructGetter>();
        }
        else
        {
            _getter = getter.CreateDelegate<Func<TRecord, TValue>>();
        }
    }

    public override WireCodec Codec => _codec;

    public override void Write(Utf8JsonWriter writer, ref TRecord record)
    {
        var value = _getter is null ? _structGetter!(ref record) : _getter(record);
        if (value is null)
        {
            RefuseUnlessOptional();
        }
        else if (!_leaveOutMissing || !_codec.IsMissing(value))
        {
            writer.WritePropertyName(Name);
            _codec.Write(writer, value);
        }
    }

    public override void LearnInitialValue(ref TRecord record)
    {
        var initial = _getter is null ? _structGetter!(ref record) : _getter(record);
        if (initial is not null)
        {
            _leaveOutMissing = _codec.IsMissing(initial);
            _isOptional = false;
        }
    }

    private void RefuseUnlessOptional()
    {
        if (!_isOptional)
        {
            throw new WireFormatException($"{typeof(TRecord).Name}.{Property.Name} is null");
        }
    }
}
