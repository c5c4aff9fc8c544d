using System.Text.RegularExpressions;

namespace Akka.Actor;

/// <summary>One step of a selection.</summary>
public abstract class SelectionPathElement
{
}

public class SelectChildName : SelectionPathElement
{
    public SelectChildName(string name) => Name = name;

    public string Name { get; }

    public override bool Equals(object? obj) => obj is SelectChildName other && Name == other.Name;

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Name;
}

/// <summary>All children whose name matches: '*' is any text, '?' any one symbol.</summary>
public class SelectChildPattern : SelectionPathElement
{
    private readonly Regex _pattern;

    public SelectChildPattern(string patternStr)
    {
        PatternStr = patternStr;
        var pattern = Regex.Escape(patternStr)
            .Replace("\\*", ".*", StringComparison.Ordinal)
            .Replace("\\?", ".", StringComparison.Ordinal);
        _pattern = new Regex($"^{pattern}$", RegexOptions.CultureInvariant);
    }

    public string PatternStr { get; }

    public override bool Equals(object? obj) => obj is SelectChildPattern other && PatternStr == other.PatternStr;

    public override int GetHashCode() => PatternStr.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => PatternStr;

    internal bool Matches(string name) => _pattern.IsMatch(name);
}

/// <summary>Everything below; only as the last step, written '**'.</summary>
public class SelectChildRecursive : SelectionPathElement
{
    public static readonly SelectChildRecursive Instance = new();

    public override bool Equals(object? obj) => obj is SelectChildRecursive;

    public override int GetHashCode() => 2;

    public override string ToString() => "**";
}

/// <summary>One up, written '..'.</summary>
public class SelectParent : SelectionPathElement
{
    public static readonly SelectParent Instance = new();

    public override bool Equals(object? obj) => obj is SelectParent;

    public override int GetHashCode() => 1;

    public override string ToString() => "..";
}
