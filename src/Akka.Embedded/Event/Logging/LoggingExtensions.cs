namespace Akka.Event;

public static partial class LoggingExtensions
{
    public static void Log(this ILoggingAdapter log, LogLevel level, string format) => log.Log(level, null, format);

    public static void Log(this ILoggingAdapter log, LogLevel level, string format, object[] args) =>
        Write(log, level, null, format, args);

    public static void Log(
        this ILoggingAdapter log, LogLevel level, Exception? cause, string format, object[] args) =>
        Write(log, level, cause, format, args);

    private static void Write(
        ILoggingAdapter log, LogLevel level, Exception? cause, string format, params object?[] values)
    {
        if (log.IsEnabled(level))
            log.Log(level, cause, new TemplateLogMessage(log.Formatter, format, values));
    }
}
