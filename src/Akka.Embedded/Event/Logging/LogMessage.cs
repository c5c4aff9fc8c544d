namespace Akka.Event;

/// <summary>A template and its values, put together only when somebody reads it.</summary>
public abstract class LogMessage
{
    protected readonly ILogMessageFormatter Formatter;

    private protected LogMessage(ILogMessageFormatter formatter, string format)
    {
        Formatter = formatter;
        Format = format;
    }

    public string Format { get; }

    public abstract IEnumerable<object> Parameters();
}

internal sealed class TemplateLogMessage(ILogMessageFormatter formatter, string format, object?[] values)
    : LogMessage(formatter, format)
{
    public override IEnumerable<object> Parameters() => values!;

    public override string ToString() => Formatter.Format(Format, values!);
}

public interface ILogMessageFormatter
{
    string Format(string format, params object[] args);

    string Format(string format, IEnumerable<object> args);
}
