using System.Collections.Immutable;
using System.Globalization;

namespace ClusterScheduler.Core.Jobs;

/// <summary>
/// One condition on an attribute of agents, in Aurora's syntax: <c>a,b</c> (one of these), <c>!a,b</c> (none of
/// these; an agent without the attribute passes) and <c>limit:N</c> (at most N tasks of the job on agents that share
/// a value; the attribute must exist).
/// </summary>
/// <param name="Attribute">The attribute; <c>host</c> is the agent's host name, <c>rack</c> is ordinary.</param>
public abstract record JobConstraint(string Attribute)
{
    private const string LimitPrefix = "limit:";

    /// <summary>The condition as a file writes it, without the attribute.</summary>
    public abstract string Text { get; }

    /// <summary>Reads one condition; null when it is empty, has an empty value, or its limit is not a whole number
    /// above 0.</summary>
    public static JobConstraint? TryParse(string attribute, string text)
    {
        if (text.StartsWith(LimitPrefix, StringComparison.Ordinal))
        {
            return int.TryParse(text.AsSpan(LimitPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture,
                out var count) && count > 0 ? new Limit(attribute, count) : null;
        }

        var negated = text.StartsWith('!');
        var values = text[(negated ? 1 : 0)..].Split(',').Select(value => value.Trim()).ToImmutableArray();
        return values.Any(value => value.Length == 0) ? null : new Value(attribute, negated, values);
    }

    /// <summary>The attribute has one of the values, or none of them.</summary>
    /// <param name="Attribute">The attribute.</param>
    /// <param name="Negated">None of them.</param>
    /// <param name="Values">At least one.</param>
    public sealed record Value(string Attribute, bool Negated, ImmutableArray<string> Values)
        : JobConstraint(Attribute)
    {
        /// <inheritdoc/>
        public override string Text => (Negated ? "!" : "") + string.Join(',', Values);

        /// <summary>True when an agent with this value, or without the attribute (null), may run the job.</summary>
        public bool Admits(string? value) => value is null ? Negated : Values.Contains(value) != Negated;
    }

    /// <summary>At most so many tasks of the job where the attribute has the same value.</summary>
    /// <param name="Attribute">The attribute.</param>
    /// <param name="Count">1 or more.</param>
    public sealed record Limit(string Attribute, int Count) : JobConstraint(Attribute)
    {
        /// <inheritdoc/>
        public override string Text => LimitPrefix + Count.ToString(CultureInfo.InvariantCulture);
    }
}
