using System.Text.RegularExpressions;

namespace ClusterScheduler.Runtime.Members;

/// <summary>A refusal to let a node in. The engine says the kind in a word, then the text, then whose it is.</summary>
/// <param name="Kind">The engine's word.</param>
/// <param name="Text">What the other node said, and which one it was, in the product's words.</param>
public sealed partial record EngineRefusal(string Kind, string Text)
{
    private const string OtherEnd = "The other end";

    /// <summary>The refusal that a text speaks of; none when it is of no known kind.</summary>
    public static EngineRefusal? Find(string? text) =>
        text is not null && Said().Match(text) is { Success: true } found
            ? new EngineRefusal(
                found.Groups["kind"].Value,
                By(
                    found.Groups["by"].Value,
                    InOwnWords(found.Groups["text"].Value.Trim().TrimEnd('.', '\''))))
            : null;

    /// <summary>Settings of the engine are called as the product's own that stand for them.</summary>
    public static string InOwnWords(string text) => text
        .Replace("akka.cluster.embedded.clock-difference-max", "cluster.clock-skew-max", StringComparison.Ordinal)
        .Replace("akka.remote.embedded.shared-secret", "cluster.shared-secret", StringComparison.Ordinal)
        .Replace("akka.cluster.embedded.store", "store.url", StringComparison.Ordinal);

    /// <summary>With several seeds it must be known which one says so.</summary>
    private static string By(string address, string text) =>
        address.Length == 0 ? text
        : text.StartsWith(OtherEnd, StringComparison.Ordinal) ? $"{address}{text[OtherEnd.Length..]}"
        : $"{text}. So says {address}";

    [GeneratedRegex(
        @"\b(?<kind>WrongSecret|OtherCluster|OtherAddress|OtherTransport|OtherProtocol|ClockOff|OtherStore|"
        + @"AddressTaken|IncompatibleSettings): (?<text>.*?)(?: So says (?<by>[^ ]+)\.)?$",
        RegexOptions.Singleline)]
    private static partial Regex Said();
}
