using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Akka.Actor;

/// <summary>What an element of a path may look like, and how a path is read from text.</summary>
internal static class PathSyntax
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    private static readonly SearchValues<char> Allowed = SearchValues.Create(Letters + ActorPath.ValidSymbols);

    /// <summary>
    /// A name given by a user: no leading '$' (those are the system's), only the symbols of a URI segment.
    /// </summary>
    internal static bool IsValidName(string? name) =>
        !string.IsNullOrEmpty(name) && name[0] != '$' && HasOnlyAllowedSymbols(name);

    internal static bool TryParse(string text, [NotNullWhen(true)] out ActorPath? path)
    {
        path = null;
        if (!Address.TryParse(text.AsSpan(), out var address, out var elements))
            return false;

        ActorPath current = new RootActorPath(address);
        foreach (var range in elements.Split('/'))
        {
            var element = elements[range];
            if (element.IsEmpty)
                continue;
            current = current.Child(element.ToString());
        }

        path = current;
        return true;
    }

    internal static (string Name, long Uid) SplitNameAndUid(string element)
    {
        var hash = element.IndexOf('#', StringComparison.Ordinal);
        if (hash < 0)
            return (element, 0);
        return long.TryParse(
            element.AsSpan(hash + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var uid)
            ? (element[..hash], uid)
            : (element, 0);
    }

    private static bool HasOnlyAllowedSymbols(string name)
    {
        var rest = name.AsSpan();
        while (true)
        {
            var at = rest.IndexOfAnyExcept(Allowed);
            if (at < 0)
                return true;
            var escape = rest[at..];
            if (escape is not ['%', var high, var low, ..] || !char.IsAsciiHexDigit(high) || !char.IsAsciiHexDigit(low))
                return false;
            rest = escape[3..];
        }
    }
}
