using ClusterScheduler.Core.Execution;
using FsCheck;
using FsCheck.Fluent;

namespace ClusterScheduler.Core.Tests.Execution;

public sealed class PathNameTests
{
    [Theory]
    [InlineData("wordcount-map.3_x", "wordcount-map.3_x")]
    [InlineData("..", "%2E.")]
    [InlineData("a/b", "a%2Fb")]
    [InlineData("%", "%25")]
    [InlineData("", "%")]
    [InlineData("ä", "%C3%A4")]
    public void Names_are_readable_and_safe(string id, string name) => Assert.Equal(name, PathName.Of(id));

    [Fact]
    public void Any_id_gives_one_visible_element_of_bounded_length() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), id =>
        {
            var name = PathName.Of(id.Get);
            Assert.InRange(name.Length, 1, PathName.LengthMax);
            Assert.All(name, character => Assert.True(
                char.IsAsciiLetterOrDigit(character) || "_-.%~".Contains(character, StringComparison.Ordinal)));
            Assert.NotEqual('.', name[0]);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Long_ids_that_differ_at_their_end_get_different_names()
    {
        var id = new string('x', 300);

        Assert.Equal(2, new[] { id + "1", id + "2" }.Select(PathName.Of).Distinct().Count());
        Assert.InRange(PathName.Of(id).Length, 1, PathName.LengthMax);
    }
}
