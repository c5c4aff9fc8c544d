using Akka.Configuration;

namespace Akka.Contract.Tests.Configuration;

public class ConfigReadingTests
{
    [Theory]
    [InlineData("500", 500)]
    [InlineData("500ms", 500)]
    [InlineData("500 milliseconds", 500)]
    [InlineData("10s", 10_000)]
    [InlineData("1.5 seconds", 1_500)]
    [InlineData("1 second", 1_000)]
    [InlineData("2m", 120_000)]
    [InlineData("2 minutes", 120_000)]
    [InlineData("3h", 10_800_000)]
    [InlineData("1 hour", 3_600_000)]
    [InlineData("1d", 86_400_000)]
    [InlineData("2 days", 172_800_000)]
    [InlineData("0s", 0)]
    public void Durations_have_units(string text, long milliseconds)
    {
        var config = ConfigurationFactory.ParseString($"t = {text}");

        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), config.GetTimeSpan("t"));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), config.GetTimeSpan("t", null, false));
    }

    [Fact]
    public void Infinite_is_a_duration_where_it_is_allowed()
    {
        var config = ConfigurationFactory.ParseString("t = infinite");

        Assert.Equal(Timeout.InfiniteTimeSpan, config.GetTimeSpan("t"));
        Assert.ThrowsAny<Exception>(() => config.GetTimeSpan("t", null, false));
    }

    [Theory]
    [InlineData("123", 123)]
    [InlineData("12b", 12)]
    [InlineData("12 bytes", 12)]
    [InlineData("1k", 1024)]
    [InlineData("1K", 1024)]
    [InlineData("1KiB", 1024)]
    [InlineData("1kB", 1000)]
    [InlineData("128000b", 128_000)]
    [InlineData("3 MiB", 3_145_728)]
    [InlineData("3m", 3_145_728)]
    [InlineData("3MB", 3_000_000)]
    [InlineData("2GiB", 2_147_483_648)]
    [InlineData("2 gigabytes", 2_000_000_000)]
    [InlineData("1T", 1_099_511_627_776)]
    public void Sizes_have_units(string text, long bytes) =>
        Assert.Equal(bytes, ConfigurationFactory.ParseString($"s = {text}").GetByteSize("s"));

    [Fact]
    public void Numbers_and_booleans_are_read_from_text()
    {
        var config = ConfigurationFactory.ParseString(
            "int = -7, long = 9000000000, double = 1.25, decimal = 0.1, yes = on, no = off, flags = [true, false]");

        Assert.Equal(-7, config.GetInt("int"));
        Assert.Equal(9_000_000_000, config.GetLong("long"));
        Assert.Equal(1.25, config.GetDouble("double"));
        Assert.Equal(1.25f, config.GetFloat("double"));
        Assert.Equal(0.1m, config.GetDecimal("decimal"));
        Assert.True(config.GetBoolean("yes"));
        Assert.False(config.GetBoolean("no"));
        Assert.Equal([true, false], config.GetBooleanList("flags"));
        Assert.Equal("-7", config.GetString("int"));
    }

    [Fact]
    public void Missing_settings_give_the_default()
    {
        var config = ConfigurationFactory.ParseString("a.b = 1");

        Assert.Equal(5, config.GetInt("x", 5));
        Assert.Equal("d", config.GetString("a.x", "d"));
        Assert.Null(config.GetString("a.b.c.d"));
        Assert.True(config.GetBoolean("x", true));
        Assert.Equal(TimeSpan.FromSeconds(1), config.GetTimeSpan("x", TimeSpan.FromSeconds(1)));
        Assert.Equal(TimeSpan.Zero, config.GetTimeSpan("x"));
        Assert.Equal(7, config.GetByteSize("x", 7));
        Assert.Equal(["d"], config.GetStringList("x", ["d"]));
        Assert.Null(config.GetConfig("x"));
        Assert.Null(config.GetValue("x"));
        Assert.False(config.HasPath("a.x"));
        Assert.True(config.HasPath("a.b"));
    }

    [Theory]
    [InlineData("a = often")]
    [InlineData("a = 1.5x")]
    [InlineData("a = { b = 1 }")]
    public void Settings_of_a_wrong_form_are_refused(string text)
    {
        var config = ConfigurationFactory.ParseString(text);

        Assert.ThrowsAny<Exception>(() => config.GetInt("a"));
        Assert.ThrowsAny<Exception>(() => config.GetBoolean("a"));
        Assert.ThrowsAny<Exception>(() => config.GetTimeSpan("a"));
    }

    [Fact]
    public void A_fallback_fills_in_what_is_missing()
    {
        var config = ConfigurationFactory.ParseString("a { x = 1, list = [1] }")
            .WithFallback(ConfigurationFactory.ParseString("a { x = 2, y = 2, list = [2, 3] }"))
            .WithFallback(ConfigurationFactory.ParseString("a { y = 3, z = 3 }\nb = 3"));

        Assert.Equal([1, 2, 3], [config.GetInt("a.x"), config.GetInt("a.y"), config.GetInt("a.z")]);
        Assert.Equal([1], config.GetIntList("a.list"));
        Assert.Equal(3, config.GetInt("b"));
        var below = config.GetConfig("a");
        Assert.Equal([1, 2, 3], [below.GetInt("x"), below.GetInt("y"), below.GetInt("z")]);
        Assert.Equal(["a", "b"], config.AsEnumerable().Select(item => item.Key).Order());
    }

    [Fact]
    public void Fallbacks_do_not_change_what_they_are_put_under()
    {
        var upper = ConfigurationFactory.ParseString("a { x = 1 }");
        var lower = ConfigurationFactory.ParseString("a { y = 2 }");

        _ = upper.WithFallback(lower);

        Assert.False(upper.HasPath("a.y"));
        Assert.False(lower.HasPath("a.x"));
        Assert.Throws<ArgumentException>(() => upper.WithFallback(upper));
    }

    [Fact]
    public void Empty_is_empty()
    {
        Assert.True(ConfigurationFactory.Empty.IsEmpty);
        Assert.True(Config.Empty.IsEmpty);
        Assert.True(ConfigurationFactory.ParseString("").IsEmpty);
        Assert.False(ConfigurationFactory.ParseString("a = 1").IsEmpty);
        Assert.True(((Config?)null).IsNullOrEmpty());
        Assert.Equal(1, Config.Empty.WithFallback(ConfigurationFactory.ParseString("a = 1")).GetInt("a"));
    }

    [Fact]
    public void Written_out_it_reads_back_the_same()
    {
        var config = ConfigurationFactory.ParseString("a { b = \"x y\", list = [1, 2], c { d = on } }\nt = 5s");
        var again = ConfigurationFactory.ParseString(config.ToString());

        Assert.Equal("x y", again.GetString("a.b"));
        Assert.Equal([1, 2], again.GetIntList("a.list"));
        Assert.True(again.GetBoolean("a.c.d"));
        Assert.Equal(TimeSpan.FromSeconds(5), again.GetTimeSpan("t"));
    }

    [Fact]
    public void Text_converts_to_a_configuration()
    {
        Config config = "a = 1";

        Assert.Equal(2, ("b = 2" + config).GetInt("b"));
        Assert.Equal(1, (config + "a = 9, c = 3").GetInt("a"));
        Assert.Equal(3, (config + "a = 9, c = 3").GetInt("c"));
        Assert.Equal(1, config.GetValue("a").AtKey("k").GetInt("k"));
    }
}
