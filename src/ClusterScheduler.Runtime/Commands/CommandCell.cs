using System.Globalization;

namespace ClusterScheduler.Runtime.Commands;

/// <summary>One fact: a text, a number, yes or no, a moment, or nothing.</summary>
public readonly record struct CommandCell
{
    private CommandCell(object? value) => Value = value;

    /// <summary>A string, long, decimal, bool or DateTimeOffset; null: nothing is known.</summary>
    public object? Value { get; }

    public static implicit operator CommandCell(string? text) => new(text);

    public static implicit operator CommandCell(long number) => new(number);

    public static implicit operator CommandCell(decimal number) => new(number);

    public static implicit operator CommandCell(bool holds) => new(holds);

    public static implicit operator CommandCell(DateTimeOffset? at) => new(at);

    /// <summary>For people.</summary>
    public override string ToString() => Value switch
    {
        null => "-",
        bool holds => holds ? "yes" : "no",
        decimal number => number.ToString("0.###", CultureInfo.InvariantCulture),
        DateTimeOffset at => at.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        var other => Convert.ToString(other, CultureInfo.InvariantCulture)!,
    };
}
