using System.Text.Json;

namespace ClusterScheduler.Protocol.Wire;

/// <summary>Writes and reads one type. Stateless once built, so that any number of threads may use it.</summary>
internal abstract class WireCodec
{
    /// <summary>How the contract names the type, such as <c>text</c> or <c>AgentInfo?</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The fields or members behind the name; none where the name says all.</summary>
    public virtual IEnumerable<string> Shape => [];

    /// <summary>The codecs that this one is made of.</summary>
    public virtual IEnumerable<WireCodec> Inner => [];

    public abstract void WriteBoxed(Utf8JsonWriter writer, object value);

    public abstract object? ReadBoxed(ref Utf8JsonReader reader);

    /// <summary>What stands for a field that is not there.</summary>
    /// <returns>False where nothing can: the message is then refused.</returns>
    public abstract bool TryGetMissing(out object? value);

    /// <summary>What is wrong, in the words of whoever wrote the bytes.</summary>
    protected static WireFormatException Expected(string expected, ref Utf8JsonReader reader) =>
        new($"expected {expected}, found {reader.TokenType}");
}

/// <inheritdoc/>
/// <typeparam name="T">The type.</typeparam>
internal abstract class WireCodec<T> : WireCodec
{
    public abstract void Write(Utf8JsonWriter writer, T value);

    /// <summary>The reader stands on the value's first token, and afterwards on its last.</summary>
    public abstract T Read(ref Utf8JsonReader reader);

    /// <summary>Whether the value is the one that a missing field gives, so that it need not be written.</summary>
    public virtual bool IsMissing(T value) => false;

    public sealed override void WriteBoxed(Utf8JsonWriter writer, object value) => Write(writer, (T)value);

    public sealed override object? ReadBoxed(ref Utf8JsonReader reader) => Read(ref reader);

    public override bool TryGetMissing(out object? value)
    {
        value = default(T);
        return value is not null;
    }
}
