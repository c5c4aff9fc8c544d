using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Tests.Roles;

public sealed class RoleNameTests
{
    [Theory]
    [InlineData("", RoleNameRefusal.Empty)]
    [InlineData(null, RoleNameRefusal.Empty)]
    [InlineData("/a", RoleNameRefusal.LeadingSlash)]
    [InlineData("a/", RoleNameRefusal.TrailingSlash)]
    [InlineData("a//b", RoleNameRefusal.EmptyComponent)]
    [InlineData("a/./b", RoleNameRefusal.DotComponent)]
    [InlineData("..", RoleNameRefusal.DotComponent)]
    [InlineData("a/*", RoleNameRefusal.StarComponent)]
    [InlineData("-a", RoleNameRefusal.LeadingDash)]
    [InlineData("a/-b", RoleNameRefusal.LeadingDash)]
    [InlineData("a b", RoleNameRefusal.ForbiddenCharacter)]
    [InlineData("a\b", RoleNameRefusal.ForbiddenCharacter)]
    [InlineData("*", RoleNameRefusal.None)]
    [InlineData("eng/web-1", RoleNameRefusal.None)]
    public void Each_broken_rule_has_its_reason(string? text, RoleNameRefusal expected)
    {
        Assert.Equal(expected == RoleNameRefusal.None, RoleName.TryParse(text, out _, out var refusal));
        Assert.Equal(expected, refusal);
    }

    [Theory]
    [InlineData("", "'' is not a role name: it is empty; write one such as eng or eng/web")]
    [InlineData("..", "'..' is not a role name: no part of it may be . or ..")]
    [InlineData("-a", "'-a' is not a role name: no part of it may begin with a dash")]
    [InlineData(" ", "' ' is not a role name: it must not have spaces or control characters")]
    public void A_refusal_says_the_rule(string text, string words) =>
        Assert.Equal(words, RoleNameRefusals.Explain(text));

    [Fact]
    public void Every_rule_has_words_and_a_long_name_is_not_said_whole()
    {
        Assert.All(Enum.GetValues<RoleNameRefusal>(), static refusal => Assert.NotEmpty(refusal.InWords()));
        Assert.InRange(RoleNameRefusals.Explain(new string('a', 5000)).Length, 64, 200);
    }

    [Fact]
    public void Length_and_depth_are_bounded()
    {
        var deep = string.Join('/', Enumerable.Repeat("a", RoleName.DepthMax + 1));
        Assert.False(RoleName.TryParse(new string('a', RoleName.CharactersMax + 1), out _, out var tooLong));
        Assert.False(RoleName.TryParse(deep, out _, out var tooDeep));
        Assert.Equal((RoleNameRefusal.TooLong, RoleNameRefusal.TooDeep), (tooLong, tooDeep));
    }

    [Theory]
    [InlineData("a/b", "a", true)]
    [InlineData("a", "a", true)]
    [InlineData("ab", "a", false)]
    [InlineData("a", "a/b", false)]
    public void Within_means_the_role_or_below_it(string role, string ancestor, bool expected) =>
        Assert.Equal(expected, RoleName.Parse(role).IsWithin(RoleName.Parse(ancestor)));

    [Fact]
    public void A_path_knows_its_parent_and_top()
    {
        var role = RoleName.Parse("a/b/c");
        Assert.Equal(("a/b", "a", 3), (role.Parent!.Value.Value, role.TopLevel.Value, role.Depth));
        Assert.Null(RoleName.Parse("a").Parent);
        Assert.True(default(RoleName).IsAny);
        Assert.Equal(RoleName.Parse("*"), RoleName.Any);
    }
}
