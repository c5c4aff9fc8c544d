using System.Collections.Immutable;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Frameworks;

/// <summary>
/// What a framework wants of the offers in one of its roles (Mesos: FrameworkInfo.offer_filters and OfferConstraints).
/// </summary>
/// <param name="Role">One of the framework's roles.</param>
public sealed record RoleWishes(string Role)
{
    /// <summary>
    /// An offer must reach every amount of at least one of these; none: the cluster's setting counts. An empty one is
    /// reached by any offer, however small. Plain scalars, at most
    /// <see cref="Resources.MinAllocatable.AlternativesMax"/>.
    /// </summary>
    public ImmutableArray<ResourceSet> MinAllocatable { get; init; } = [];

    /// <summary>
    /// An agent must satisfy at least one of these groups to be offered; none: every agent. At most
    /// <see cref="OfferConstraints.ConstraintsMax"/> conditions in all.
    /// </summary>
    public ImmutableArray<ConstraintGroup> Constraints { get; init; } = [];

    /// <inheritdoc/>
    public bool Equals(RoleWishes? other) => other is not null && Role == other.Role
        && MinAllocatable.SequenceEqual(other.MinAllocatable) && Constraints.SequenceEqual(other.Constraints);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Role, MinAllocatable.Length, Constraints.Length);
}

/// <summary>Conditions that must all hold.</summary>
/// <param name="All">At least one.</param>
public sealed record ConstraintGroup(params ImmutableArray<AttributeCondition> All)
{
    /// <inheritdoc/>
    public bool Equals(ConstraintGroup? other) => other is not null && All.SequenceEqual(other.All);

    /// <inheritdoc/>
    public override int GetHashCode() => All.Length;
}

/// <summary>One condition on an agent, as it is said; an <see cref="AttributeConstraint"/> is made of it.</summary>
/// <param name="Selector">What it looks at.</param>
/// <param name="Name">The attribute's name; empty for the other selectors.</param>
/// <param name="Predicate">How it compares.</param>
/// <param name="Text">The text, or regular expression that matches in linear time; empty for existence.</param>
public sealed record AttributeCondition(
    AttributeSelector Selector, string Name, AttributePredicate Predicate, string Text)
{
    /// <summary>The agent has such an attribute.</summary>
    public static AttributeCondition Exists(string attribute) =>
        new(AttributeSelector.Attribute, attribute, AttributePredicate.Exists, "");

    /// <summary>The attribute is this text.</summary>
    public static AttributeCondition TextEquals(string attribute, string text) =>
        new(AttributeSelector.Attribute, attribute, AttributePredicate.TextEquals, text);

    /// <summary>The whole attribute matches the regular expression.</summary>
    public static AttributeCondition TextMatches(string attribute, string pattern) =>
        new(AttributeSelector.Attribute, attribute, AttributePredicate.TextMatches, pattern);

    /// <summary>The machine has this name.</summary>
    public static AttributeCondition Host(string hostname) =>
        new(AttributeSelector.Hostname, "", AttributePredicate.TextEquals, hostname);
}
