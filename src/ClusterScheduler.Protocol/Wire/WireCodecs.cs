using System.Globalization;
using System.Numerics;
using System.Reflection;
using System.Text.Json;
using ClusterScheduler.Core.Placement;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Protocol.Wire;

/// <summary>
/// The codecs of one serializer, made when their type is first needed. What a type looks like on the wire is decided
/// here and nowhere else.
/// </summary>
internal sealed class WireCodecs
{
    private readonly object _gate = new();
    private readonly Dictionary<Type, WireCodec> _codecs;

    public WireCodecs(ExtendedActorSystem system)
    {
        var files = new JobFileCodec();
        WireCodec[] leaves =
        [
            new TextCodec(), new BytesCodec(), new ResourceSetCodec(), new ActorRefCodec(system), .. Ids(), .. Tokens(),
            files, new JobSpecCodec(files),
        ];
        _codecs = leaves.ToDictionary(static leaf => WritesOf(leaf.GetType()));
    }

    /// <summary>The codec of a type.</summary>
    /// <exception cref="WireFormatException">Nothing is known of how to write it.</exception>
    public WireCodec Get(Type type)
    {
        lock (_gate)
        {
            return _codecs.TryGetValue(type, out var known) ? known : Make(type);
        }
    }

    private static IEnumerable<WireCodec> Ids() =>
    [
        new IdCodec<AgentId>("agent id", static id => id.Value, static text => new AgentId(text)),
        new IdCodec<FrameworkId>("framework id", static id => id.Value, static text => new FrameworkId(text)),
        new IdCodec<OfferId>("offer id", static id => id.Value, static text => new OfferId(text)),
        new IdCodec<TaskId>("task id", static id => id.Value, static text => new TaskId(text)),
    ];

    private static IEnumerable<WireCodec> Tokens() =>
    [
        new SimpleCodec<bool>("true or false", JsonTokenType.True,
            static (writer, value) => writer.WriteBooleanValue(value),
            static (ref reader) => reader.GetBoolean()),
        new SimpleCodec<int>("whole number", JsonTokenType.Number,
            static (writer, value) => writer.WriteNumberValue(value),
            static (ref reader) => reader.GetInt32()),
        new SimpleCodec<long>("long number", JsonTokenType.Number,
            static (writer, value) => writer.WriteNumberValue(value),
            static (ref reader) => reader.GetInt64()),
        new SimpleCodec<double>("decimal number", JsonTokenType.Number,
            static (writer, value) => writer.WriteNumberValue(value),
            static (ref reader) => reader.GetDouble()),
        new SimpleCodec<Guid>("uuid", JsonTokenType.String,
            static (writer, value) => writer.WriteStringValue(value),
            static (ref reader) => reader.GetGuid()),
        new SimpleCodec<DateTimeOffset>("time", JsonTokenType.String,
            static (writer, value) => writer.WriteStringValue(value),
            static (ref reader) => reader.GetDateTimeOffset()),
        new SimpleCodec<TimeSpan>("duration in ticks of 100 ns", JsonTokenType.Number,
            static (writer, value) => writer.WriteNumberValue(value.Ticks),
            static (ref reader) => TimeSpan.FromTicks(reader.GetInt64())),
        new SimpleCodec<Scalar>("thousandths", JsonTokenType.Number,
            static (writer, value) => writer.WriteNumberValue(value.Thousandths),
            static (ref reader) => new Scalar(reader.GetInt64())),
        new SimpleCodec<MasterEpoch>("epoch", JsonTokenType.Number,
            static (writer, value) => writer.WriteNumberValue(value.Value),
            static (ref reader) => new MasterEpoch(reader.GetInt64())),
        new SimpleCodec<Ratio>("fraction", JsonTokenType.String,
            static (writer, value) => writer.WriteStringValue($"{value.Numerator}/{value.Denominator}"),
            static (ref reader) => FractionOf(reader.GetString()!)),
    ];

    private static Ratio FractionOf(string text) =>
        text.Split('/') is [var above, var below]
        && BigInteger.TryParse(above, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var numerator)
        && BigInteger.TryParse(below, NumberStyles.None, CultureInfo.InvariantCulture, out var denominator)
        && denominator > 0
            ? new Ratio(numerator, denominator)
            : throw new WireFormatException($"'{text}' is no fraction such as 3/4");

    private static Type WritesOf(Type codec)
    {
        for (var at = codec; at is not null; at = at.BaseType)
        {
            if (at.IsGenericType && at.GetGenericTypeDefinition() == typeof(WireCodec<>))
            {
                return at.GenericTypeArguments[0];
            }
        }

        throw new InvalidOperationException($"{codec} writes no type");
    }

    private WireCodec Make(Type type)
    {
        if (type.IsEnum)
        {
            return Keep(type, New(typeof(EnumCodec<>), type));
        }

        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return Keep(type, New(typeof(OptionalCodec<>), value, Get(value)));
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
        {
            var item = type.GenericTypeArguments[0];
            return Keep(type, New(typeof(ArrayCodec<>), item, Get(item)));
        }

        if (type.Namespace?.StartsWith(nameof(ClusterScheduler), StringComparison.Ordinal) != true || type.IsInterface)
        {
            throw new WireFormatException($"nothing is known of how to write {type}: add a codec to WireCodecs");
        }

        return type.IsAbstract && UnionCodec<object>.CasesOf(type).Any()
            ? MakeOf(typeof(UnionCodec<>), type, (Func<Type, WireCodec>)Get)
            : MakeOf(typeof(RecordCodec<>), type, (Func<PropertyInfo, WireCodec>)CodecOf);
    }

    // Known before it is built, so that a record may contain its own kind.
    private WireCodec MakeOf(Type generic, Type type, Delegate codecOf)
    {
        var codec = Keep(type, New(generic, type));
        try
        {
            codec.GetType().GetMethod(nameof(RecordCodec<>.Build))!
                .Invoke(codec, BindingFlags.DoNotWrapExceptions, null, [codecOf], null);
            return codec;
        }
        catch
        {
            _codecs.Remove(type);
            throw;
        }
    }

    private WireCodec CodecOf(PropertyInfo property)
    {
        var codec = Get(property.PropertyType);
        var isOptional = !property.PropertyType.IsValueType
            && new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable;
        return isOptional ? New(typeof(OptionalReferenceCodec<>), property.PropertyType, codec) : codec;
    }

    private WireCodec Keep(Type type, WireCodec codec) => _codecs[type] = codec;

    private static WireCodec New(Type generic, Type argument, params object[] parts) =>
        (WireCodec)Activator.CreateInstance(generic.MakeGenericType(argument), parts)!;
}
