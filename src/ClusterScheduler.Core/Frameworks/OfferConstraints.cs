using System.Text.RegularExpressions;
using ClusterScheduler.Core.Agents;

namespace ClusterScheduler.Core.Frameworks;

/// <summary>What a constraint looks at.</summary>
public enum AttributeSelector
{
    /// <summary>The first attribute of a name.</summary>
    Attribute,

    /// <summary>The name of the machine.</summary>
    Hostname,

    /// <summary>The region of its domain.</summary>
    Region,

    /// <summary>The zone of its domain.</summary>
    Zone,
}

/// <summary>How a constraint compares (Mesos: <c>AttributeConstraint.Predicate</c>).</summary>
public enum AttributePredicate
{
    /// <summary>There is such an attribute.</summary>
    Exists,

    /// <summary>There is none.</summary>
    NotExists,

    /// <summary>It is this text.</summary>
    TextEquals,

    /// <summary>It is another text, or there is none.</summary>
    TextNotEquals,

    /// <summary>The whole text matches this regular expression.</summary>
    TextMatches,

    /// <summary>The text does not match, or there is none.</summary>
    TextNotMatches,
}

/// <summary>One condition on an agent. An attribute that is no text satisfies every comparison of text.</summary>
public sealed class AttributeConstraint
{
    /// <summary>Longest regular expression, in characters; stands for Mesos' two bounds on RE2.</summary>
    public const int PatternCharactersMax = 1024;

    private readonly Regex? pattern;

    private AttributeConstraint(
        AttributeSelector selector, string name, AttributePredicate predicate, string text, Regex? pattern)
    {
        (Selector, Name, Predicate, Text, this.pattern) = (selector, name, predicate, text, pattern);
    }

    /// <summary>What it looks at.</summary>
    public AttributeSelector Selector { get; }

    /// <summary>The attribute's name; empty for the other selectors.</summary>
    public string Name { get; }

    /// <summary>How it compares.</summary>
    public AttributePredicate Predicate { get; }

    /// <summary>The text or pattern compared with; empty for the existence predicates.</summary>
    public string Text { get; }

    /// <summary>
    /// Builds a condition. Refused (null) when the pattern is too long, malformed, or not matchable in linear time
    /// (no look-around, no back references), or an attribute has no name.
    /// </summary>
    public static AttributeConstraint? TryCreate(
        AttributeSelector selector, string name, AttributePredicate predicate, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var isNameless = selector == AttributeSelector.Attribute && string.IsNullOrEmpty(name);
        if (text.Length > PatternCharactersMax || isNameless)
        {
            return null;
        }

        if (predicate is not (AttributePredicate.TextMatches or AttributePredicate.TextNotMatches))
        {
            return new AttributeConstraint(selector, name, predicate, text, null);
        }

        try
        {
            var options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
            _ = new Regex(text, options); // alone first: "a)|(b" would be well formed only inside the group below
            return new AttributeConstraint(selector, name, predicate, text, new Regex($"^(?:{text})\\z", options));
        }
        catch (Exception malformed) when (malformed is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Whether the agent satisfies the condition.</summary>
    public bool Admits(AgentProfile agent)
    {
        ArgumentNullException.ThrowIfNull(agent);
        var (value, isText) = Select(agent);
        return Predicate switch
        {
            AttributePredicate.Exists => value is not null,
            AttributePredicate.NotExists => value is null,
            _ when !isText => true,
            AttributePredicate.TextEquals => value == Text,
            AttributePredicate.TextNotEquals => value != Text,
            AttributePredicate.TextMatches => value is not null && pattern!.IsMatch(value),
            _ => value is null || !pattern!.IsMatch(value),
        };
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{(Selector == AttributeSelector.Attribute ? Name : Selector)} {Predicate} {Text}".TrimEnd();

    private (string? Value, bool IsText) Select(AgentProfile agent) => Selector switch
    {
        AttributeSelector.Hostname => (agent.Hostname, true),
        AttributeSelector.Region => (agent.Domain?.Region, true),
        AttributeSelector.Zone => (agent.Domain is { Zone.Length: > 0 } domain ? domain.Zone : null, true),
        _ => First(agent.Attributes) is { } value
            ? (value, AttributeKinds.Of(value) == AttributeKind.Text)
            : (null, true),
    };

    private string? First(IReadOnlyList<AgentAttribute> attributes)
    {
        for (var at = 0; at < attributes.Count; at++)
        {
            if (attributes[at].Name == Name)
            {
                return attributes[at].Value;
            }
        }

        return null;
    }
}

/// <summary>
/// The agents that a framework wants in one role: at least one group must hold, with all its conditions.
/// </summary>
/// <param name="Groups">Alternatives; without any, every agent is wanted.</param>
public sealed record OfferConstraints(IReadOnlyList<IReadOnlyList<AttributeConstraint>> Groups)
{
    /// <summary>Most conditions in all groups together; a bound of this product.</summary>
    public const int ConstraintsMax = 256;

    /// <summary>Whether the agent is wanted.</summary>
    public bool Admits(AgentProfile agent)
    {
        // Asked for every framework at every visited agent: plain loops allocate nothing.
        for (var at = 0; at < Groups.Count; at++)
        {
            if (HoldsAll(Groups[at], agent))
            {
                return true;
            }
        }

        return Groups.Count == 0;
    }

    private static bool HoldsAll(IReadOnlyList<AttributeConstraint> group, AgentProfile agent)
    {
        for (var at = 0; at < group.Count; at++)
        {
            if (!group[at].Admits(agent))
            {
                return false;
            }
        }

        return true;
    }
}
