namespace Akka.Event;

public enum LogLevel
{
    DebugLevel = 0,
    InfoLevel = 1,
    WarningLevel = 2,
    ErrorLevel = 3,
}

internal static class LogLevels
{
    internal static bool IsOff(string level) => level.Equals("OFF", StringComparison.OrdinalIgnoreCase);
}
