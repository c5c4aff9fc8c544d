using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Tests.Frameworks;

public sealed class OfferConstraintsTests
{
    private static readonly AgentProfile Agent = new(new AgentId("a"), ResourceSet.Empty)
    {
        Hostname = "node7.example",
        Domain = new AgentDomain("eu", "eu-1"),
        Attributes = [new("rack", "r1"), new("rack", "r2"), new("level", "10"), new("disks", "[1-2]")],
    };

    [Theory]
    [InlineData(AttributeSelector.Attribute, "rack", AttributePredicate.Exists, "", true)]
    [InlineData(AttributeSelector.Attribute, "none", AttributePredicate.Exists, "", false)]
    [InlineData(AttributeSelector.Attribute, "none", AttributePredicate.NotExists, "", true)]
    [InlineData(AttributeSelector.Attribute, "rack", AttributePredicate.TextEquals, "r1", true)]
    [InlineData(AttributeSelector.Attribute, "rack", AttributePredicate.TextEquals, "r2", false)]
    [InlineData(AttributeSelector.Attribute, "none", AttributePredicate.TextNotEquals, "r1", true)]
    [InlineData(AttributeSelector.Attribute, "rack", AttributePredicate.TextMatches, "r[0-9]", true)]
    [InlineData(AttributeSelector.Attribute, "rack", AttributePredicate.TextMatches, "r", false)]
    [InlineData(AttributeSelector.Attribute, "none", AttributePredicate.TextMatches, ".*", false)]
    [InlineData(AttributeSelector.Attribute, "none", AttributePredicate.TextNotMatches, ".*", true)]
    [InlineData(AttributeSelector.Attribute, "level", AttributePredicate.TextEquals, "x", true)]
    [InlineData(AttributeSelector.Attribute, "disks", AttributePredicate.TextNotMatches, ".*", true)]
    [InlineData(AttributeSelector.Hostname, "", AttributePredicate.TextMatches, "node7\\..*", true)]
    [InlineData(AttributeSelector.Region, "", AttributePredicate.TextEquals, "eu", true)]
    [InlineData(AttributeSelector.Zone, "", AttributePredicate.TextNotEquals, "eu-1", false)]
    public void The_first_attribute_counts_and_what_is_no_text_satisfies_comparisons(
        AttributeSelector selector, string name, AttributePredicate predicate, string text, bool expected) =>
        Assert.Equal(expected, AttributeConstraint.TryCreate(selector, name, predicate, text)!.Admits(Agent));

    [Theory]
    [InlineData(AttributePredicate.Exists, false)]
    [InlineData(AttributePredicate.NotExists, true)]
    [InlineData(AttributePredicate.TextMatches, false)]
    public void A_zone_that_was_not_said_is_none(AttributePredicate predicate, bool expected) =>
        Assert.Equal(expected, AttributeConstraint.TryCreate(AttributeSelector.Zone, "", predicate, ".*")!
            .Admits(Agent with { Domain = new AgentDomain("eu", "") }));

    [Theory]
    [InlineData("(")]
    [InlineData("a)|(b")]
    [InlineData("(a)\\1")]
    [InlineData("(?=a)b")]
    public void A_pattern_that_is_malformed_or_needs_backtracking_is_refused(string pattern) =>
        Assert.Null(AttributeConstraint.TryCreate(
            AttributeSelector.Hostname, "", AttributePredicate.TextMatches, pattern));

    [Fact]
    public void Too_long_patterns_and_attributes_without_name_are_refused()
    {
        var pattern = new string('a', AttributeConstraint.PatternCharactersMax + 1);
        Assert.Null(AttributeConstraint.TryCreate(
            AttributeSelector.Hostname, "", AttributePredicate.TextMatches, pattern));
        Assert.Null(AttributeConstraint.TryCreate(AttributeSelector.Attribute, "", AttributePredicate.Exists, ""));
    }

    [Fact]
    public void One_group_must_hold_with_all_its_conditions()
    {
        AttributeConstraint Is(string name, string text) => AttributeConstraint.TryCreate(
            AttributeSelector.Attribute, name, AttributePredicate.TextEquals, text)!;
        Assert.True(new OfferConstraints([[Is("rack", "r9")], [Is("rack", "r1")]]).Admits(Agent));
        Assert.False(new OfferConstraints([[Is("rack", "r1"), Is("none", "x")]]).Admits(Agent));
        Assert.True(new OfferConstraints([]).Admits(Agent));
    }
}
