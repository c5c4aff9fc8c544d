using System.Text.RegularExpressions;
using Akka.Actor;
using Akka.Event;

namespace Akka.TestKit.Internal;

/// <summary>Which log events a test expects.</summary>
internal sealed class LogFilter(string description, Predicate<LogEvent> isMatch)
{
    private int _matched;

    internal int Matched => Volatile.Read(ref _matched);

    public override string ToString() => description;

    /// <summary>Called by the one logger; the count is read by the test.</summary>
    internal bool Take(LogEvent logEvent)
    {
        if (!isMatch(logEvent))
            return false;
        Interlocked.Increment(ref _matched);
        return true;
    }
}

/// <summary>
/// What a text must be like: equal, beginning with, containing, or matching; without any of these, anything.
/// </summary>
internal sealed record TextMatcher(string? Equal, string? Start, string? Contains, Regex? Pattern)
{
    internal static TextMatcher For(string? equal, string? start, string? contains) =>
        new(equal, start, contains, null);

    internal static TextMatcher For(Regex pattern) => new(null, null, null, pattern);

    internal bool IsMatch(string text) =>
        (Equal is null || text == Equal)
        && (Start is null || text.StartsWith(Start, StringComparison.Ordinal))
        && (Contains is null || text.Contains(Contains, StringComparison.Ordinal))
        && (Pattern is null || Pattern.IsMatch(text));

    public override string ToString() => this switch
    {
        { Equal: { } equal } => $"\"{equal}\"",
        { Start: { } start } => $"\"{start}...\"",
        { Contains: { } part } => $"\"...{part}...\"",
        { Pattern: { } pattern } => $"/{pattern}/",
        _ => "anything",
    };
}

internal sealed record MuteFilter(LogFilter Filter) : INoSerializationVerificationNeeded;

internal sealed record UnmuteFilter(LogFilter Filter) : INoSerializationVerificationNeeded;
