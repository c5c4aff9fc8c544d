using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Tests.Frameworks;

/// <summary>What a framework may wish of its offers, and what the allocator is told of it.</summary>
public class WishRulesTests
{
    private static readonly FrameworkInfo Batch = new("batch", "root", ["eng", "ads"]);

    [Fact]
    public void Wishes_reach_the_allocator_by_role()
    {
        var info = Batch with
        {
            Wishes =
            [
                new RoleWishes("eng")
                {
                    MinAllocatable = [ResourceSet.Parse("cpus:2"), ResourceSet.Parse("mem:512")],
                    Constraints =
                    [
                        new ConstraintGroup(AttributeCondition.TextEquals("rack", "r1")),
                        new ConstraintGroup(
                            AttributeCondition.TextMatches("zone", "eu-.*"), AttributeCondition.Host("h")),
                    ],
                },
            ],
        };
        Assert.Null(FrameworkRules.Check(info));
        var profile = WishRules.ProfileOf(new FrameworkId("f"), info, ["ads", "other"]);
        var eng = RoleName.Parse("eng");

        Assert.Equal("cpus:2|mem:512", profile.MinAllocatable[eng].ToString());
        Assert.Equal("ads", Assert.Single(profile.SuppressedRoles).Value);
        Assert.True(profile.Constraints[eng].Admits(Agent("x", ("rack", "r1"))));
        Assert.True(profile.Constraints[eng].Admits(Agent("h", ("zone", "eu-1"))));
        Assert.False(profile.Constraints[eng].Admits(Agent("x", ("zone", "eu-1"))));
        Assert.Equal(info, info with { Wishes = [.. info.Wishes] });
    }

    [Theory]
    [InlineData("other", "cpus:1", "a", "x", "not a role of the framework")]
    [InlineData("eng", "ports:[1-2]", "a", "x", "plain scalars")]
    [InlineData("eng", "cpus(ads):1", "a", "x", "plain scalars")]
    [InlineData("eng", "cpus:1", "", "x", "cannot be")]
    [InlineData("eng", "cpus:1", "a", "(x", "cannot be")]
    [InlineData("eng", "cpus:1", "a", "(?=x)", "cannot be")]
    [InlineData("eng", "cpus:1", "a", "(x)\\1", "cannot be")]
    public void A_wish_that_cannot_be_is_refused(string role, string least, string name, string pattern, string word)
    {
        var broken = FrameworkRules.Check(Batch with
        {
            Wishes =
            [
                new RoleWishes(role)
                {
                    MinAllocatable = [ResourceSet.Parse(least)],
                    Constraints = [new ConstraintGroup(AttributeCondition.TextMatches(name, pattern))],
                },
            ],
        });
        Assert.Contains(word, broken, StringComparison.Ordinal);
    }

    [Fact]
    public void Empty_groups_double_wishes_and_too_many_conditions_are_refused()
    {
        Assert.NotNull(Broken(new RoleWishes("eng") { Constraints = [new ConstraintGroup()] }));
        Assert.NotNull(Broken(new RoleWishes("eng"), new RoleWishes("eng")));
        var many = Enumerable.Repeat(AttributeCondition.Exists("a"), OfferConstraints.ConstraintsMax + 1);
        Assert.NotNull(Broken(new RoleWishes("eng") { Constraints = [new ConstraintGroup([.. many])] }));
    }

    [Fact]
    public void More_than_one_role_needs_the_capability() => Assert.Contains(
        "MULTI_ROLE", FrameworkRules.Check(Batch with { Capabilities = [] }), StringComparison.Ordinal);

    private static string? Broken(params RoleWishes[] wishes) =>
        FrameworkRules.Check(Batch with { Wishes = [.. wishes] });

    private static AgentProfile Agent(string host, params (string Name, string Value)[] attributes) =>
        new(new AgentId("a"), ResourceSet.Parse("cpus:1"))
        {
            Hostname = host,
            Attributes = [.. attributes.Select(static each => new AgentAttribute(each.Name, each.Value))],
        };
}
