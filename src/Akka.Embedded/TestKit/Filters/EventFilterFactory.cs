using System.Text.RegularExpressions;
using Akka.Actor;
using Akka.Event;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

/// <summary>Filters for log events: by level, text, source, exception, or as dead letters.</summary>
public class EventFilterFactory
{
    private readonly TestKitBase _testkit;
    private readonly ActorSystem _system;
    private readonly IReadOnlyList<LogFilter> _others;

    public EventFilterFactory(TestKitBase testkit)
        : this(testkit, testkit.Sys)
    {
    }

    public EventFilterFactory(TestKitBase testkit, ActorSystem system)
        : this(testkit, system, [])
    {
    }

    internal EventFilterFactory(TestKitBase testkit, ActorSystem system, IReadOnlyList<LogFilter> others)
    {
        _testkit = testkit;
        _system = system;
        _others = others;
    }

    public IEventFilterApplier Debug(
        string? message = null, string? start = null, string? contains = null, string? source = null) =>
        ForLogLevel(LogLevel.DebugLevel, message, start, contains, source);

    public IEventFilterApplier Debug(Regex pattern, string? source = null) =>
        ForLogLevel(LogLevel.DebugLevel, pattern, source);

    public IEventFilterApplier Info(
        string? message = null, string? start = null, string? contains = null, string? source = null) =>
        ForLogLevel(LogLevel.InfoLevel, message, start, contains, source);

    public IEventFilterApplier Info(Regex pattern, string? source = null) =>
        ForLogLevel(LogLevel.InfoLevel, pattern, source);

    public IEventFilterApplier Warning(
        string? message = null, string? start = null, string? contains = null, string? source = null) =>
        ForLogLevel(LogLevel.WarningLevel, message, start, contains, source);

    public IEventFilterApplier Warning(Regex pattern, string? source = null) =>
        ForLogLevel(LogLevel.WarningLevel, pattern, source);

    public IEventFilterApplier Error(
        string? message = null, string? start = null, string? contains = null, string? source = null) =>
        ForLogLevel(LogLevel.ErrorLevel, message, start, contains, source);

    public IEventFilterApplier Error(Regex pattern, string? source = null) =>
        ForLogLevel(LogLevel.ErrorLevel, pattern, source);

    public IEventFilterApplier ForLogLevel(
        LogLevel logLevel, string? message = null, string? start = null, string? contains = null,
        string? source = null) =>
        Level(logLevel, TextMatcher.For(message, start, contains), source);

    public IEventFilterApplier ForLogLevel(LogLevel logLevel, Regex pattern, string? source = null) =>
        Level(logLevel, TextMatcher.For(pattern), source);

    public IEventFilterApplier Exception<TException>(
        string? message = null, string? start = null, string? contains = null, string? source = null)
        where TException : Exception => Exception(typeof(TException), message, start, contains, source);

    public IEventFilterApplier Exception<TException>(Regex pattern, string? source = null)
        where TException : Exception => Exception(typeof(TException), pattern, source);

    public IEventFilterApplier Exception(
        Type exceptionType, string? message = null, string? start = null, string? contains = null,
        string? source = null,
        bool checkInnerExceptions = false) =>
        Failure(exceptionType, TextMatcher.For(message, start, contains), source, checkInnerExceptions);

    public IEventFilterApplier Exception(
        Type exceptionType, Regex pattern, string? source = null, bool checkInnerExceptions = false) =>
        Failure(exceptionType, TextMatcher.For(pattern), source, checkInnerExceptions);

    public IEventFilterApplier DeadLetter() => Letter(static _ => true, null, "any message");

    public IEventFilterApplier DeadLetter<TMessage>(string? source = null) =>
        Letter(static message => message is TMessage, source, typeof(TMessage).Name);

    public IEventFilterApplier DeadLetter<TMessage>(Func<TMessage, bool> isMatch, string? source = null) =>
        Letter(message => message is TMessage typed && isMatch(typed), source, typeof(TMessage).Name);

    public IEventFilterApplier DeadLetter(Type type, string? source = null) =>
        Letter(type.IsInstanceOfType, source, type.Name);

    public IEventFilterApplier DeadLetter(Type type, Func<object, bool> isMatch, string? source = null) =>
        Letter(message => type.IsInstanceOfType(message) && isMatch(message), source, type.Name);

    public IEventFilterApplier Custom(Predicate<LogEvent> predicate) => Apply("a custom filter", predicate);

    public IEventFilterApplier Custom<TLogEvent>(Predicate<TLogEvent> predicate)
        where TLogEvent : LogEvent => Apply(
            $"a custom filter for {typeof(TLogEvent).Name}",
            logEvent => logEvent is TLogEvent typed && predicate(typed));

    private static bool IsFrom(LogEvent logEvent, string? source) =>
        source is null || logEvent.LogSource == source || logEvent.LogSource.StartsWith(
            source + "#", StringComparison.Ordinal);

    private EventFilterApplier Level(LogLevel level, TextMatcher text, string? source) => Apply(
        $"{level.StringFor()} {text}",
        logEvent => logEvent.LogLevel() == level && IsFrom(logEvent, source)
            && logEvent.Message is not AllDeadLetters && text.IsMatch(logEvent.Message.ToString() ?? ""));

    private EventFilterApplier Failure(Type type, TextMatcher text, string? source, bool inner) => Apply(
        $"{type.Name} {text}",
        logEvent => logEvent is Error { Cause: { } cause } && IsFrom(logEvent, source)
            && Causes(cause, inner).Any(each => type.IsInstanceOfType(each)
                && (text.IsMatch(each.Message) || text.IsMatch(logEvent.Message.ToString() ?? ""))));

    private static IEnumerable<Exception> Causes(Exception cause, bool inner)
    {
        for (var each = cause; each is not null; each = inner ? each.InnerException : null)
            yield return each;
    }

    private EventFilterApplier Letter(Func<object, bool> isMatch, string? source, string what) => Apply(
        $"dead letter: {what}",
        logEvent => logEvent.Message is DeadLetter letter && IsFrom(logEvent, source) && isMatch(letter.Message));

    private EventFilterApplier Apply(string description, Predicate<LogEvent> isMatch) =>
        new(_testkit, _system, [.. _others, new LogFilter(description, isMatch)]);
}
