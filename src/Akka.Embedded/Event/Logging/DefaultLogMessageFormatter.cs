using System.Globalization;

namespace Akka.Event;

/// <summary>Formats as <c>string.Format</c> does.</summary>
public class DefaultLogMessageFormatter : ILogMessageFormatter
{
    public static readonly DefaultLogMessageFormatter Instance = new();

    private DefaultLogMessageFormatter()
    {
    }

    public string Format(string format, params object[] args) =>
        args is { Length: > 0 } ? string.Format(CultureInfo.InvariantCulture, format, args) : format;

    public string Format(string format, IEnumerable<object> args) => Format(format, args.ToArray());
}
