using ClusterScheduler.Core.Jobs;
using ClusterScheduler.Core.Jobs.Files;
using ClusterScheduler.Core.Jobs.Values;

namespace ClusterScheduler.Core.Tests.Jobs;

public class ValueTests
{
    [Theory]
    [InlineData("256", 256_000)]
    [InlineData("256MiB", 256_000)]
    [InlineData("0.5 GiB", 512_000)]
    [InlineData("1.5TiB", 1_572_864_000)]
    public void Sizes_are_MiB_in_thousandths(string text, long expected)
    {
        Assert.True(SizeText.TryParse(text, out var milli));
        Assert.Equal(expected, milli);
        Assert.True(SizeText.TryParse(SizeText.Format(milli), out var again));
        Assert.Equal(milli, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("MiB")]
    [InlineData("1MB")]
    [InlineData("-1")]
    [InlineData("1.0001")]
    [InlineData("1e3")]
    [InlineData("256 ")]
    public void Other_texts_are_no_sizes(string text) => Assert.False(SizeText.TryParse(text, out _));

    [Theory]
    [InlineData("30s", 30_000)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("500ms", 500)]
    [InlineData("1.5s", 1_500)]
    [InlineData("2d", 172_800_000)]
    public void Durations_have_units(string text, long milliseconds)
    {
        Assert.True(DurationText.TryParse(text, out var duration));
        Assert.Equal(milliseconds, duration.TotalMilliseconds);
        Assert.True(DurationText.TryParse(DurationText.Format(duration), out var again));
        Assert.Equal(duration, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("1 s")]
    [InlineData("1x")]
    public void Other_texts_are_no_durations(string text) => Assert.False(DurationText.TryParse(text, out _));

    [Theory]
    [InlineData("a,b", "b", true)]
    [InlineData("a,b", "c", false)]
    [InlineData("a,b", null, false)]
    [InlineData("!a,b", "b", false)]
    [InlineData("!a,b", "c", true)]
    [InlineData("!a,b", null, true)]
    public void Value_constraints_follow_Aurora(string text, string? value, bool admitted) =>
        Assert.Equal(admitted, ((JobConstraint.Value)JobConstraint.TryParse("x", text)!).Admits(value));

    [Theory]
    [InlineData("role/prod/name", true)]
    [InlineData("role/prod", false)]
    [InlineData("role//name", false)]
    [InlineData("role/prod/..", false)]
    [InlineData("role/prod/a b", false)]
    public void Job_keys_have_three_parts(string text, bool valid) =>
        Assert.Equal(valid, JobKey.TryParse(text, out _));

    [Fact]
    public void Cycles_are_found_once_and_begin_with_their_smallest()
    {
        var cycles = Cycles.Find(6, [(0, 1), (1, 2), (2, 1), (3, 3), (4, 5)]);
        Assert.Equal(["1,2", "3"], cycles.Select(cycle => string.Join(',', cycle)));
    }
}
