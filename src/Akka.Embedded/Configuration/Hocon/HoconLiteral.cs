namespace Akka.Configuration.Hocon;

/// <summary>A piece of text: quoted, unquoted, or the blanks between two other pieces.</summary>
public class HoconLiteral : IHoconElement
{
    public string? Value { get; set; }

    /// <summary>Quoted text is never a null and keeps its blanks.</summary>
    internal bool Quoted { get; init; }

    internal bool IsBlank => !Quoted && string.IsNullOrWhiteSpace(Value);

    public bool IsString() => true;

    public string? GetString() => Value;

    public bool IsArray() => false;

    public IList<HoconValue> GetArray() => throw new NotSupportedException($"The text '{Value}' is not a list.");

    public override string ToString() => Value ?? "null";
}
