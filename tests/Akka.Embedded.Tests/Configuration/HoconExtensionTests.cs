using Akka.Configuration;

namespace Akka.Embedded.Tests.Configuration;

/// <summary>What this engine's parser does beyond the one of Akka.NET 1.5.</summary>
public class HoconExtensionTests
{
    [Fact]
    public void Plus_equals_adds_to_a_list()
    {
        var config = ConfigurationFactory.ParseString("a = [1]\na += 2\na += 3\nb += x");

        Assert.Equal([1, 2, 3], config.GetIntList("a"));
        Assert.Equal(["x"], config.GetStringList("b"));
    }

    [Fact]
    public void Optional_substitutions_stand_for_nothing_when_there_is_no_value()
    {
        var config = ConfigurationFactory.ParseString(
            "a = ${?no}, b = x${?no}y, c = 1, c = ${?no}, d = 1, d = ${?c}0, list = [1, ${?no}], e = ${?a}");

        Assert.False(config.HasPath("a"));
        Assert.False(config.HasPath("e"));
        Assert.Equal("xy", config.GetString("b"));
        Assert.Equal(1, config.GetInt("c"));
        Assert.Equal(10, config.GetInt("d"));
        Assert.Equal([1], config.GetIntList("list"));
    }

    [Fact]
    public void A_key_that_refers_to_itself_means_its_earlier_value()
    {
        var config = ConfigurationFactory.ParseString(
            "path = /bin\npath = ${path}\":/usr/bin\"\na.l = [1]\na.l = ${a.l} [2]");

        Assert.Equal("/bin:/usr/bin", config.GetString("path"));
        Assert.Equal([1, 2], config.GetIntList("a.l"));
    }

    [Fact]
    public void Objects_merge_through_substitutions()
    {
        var config = ConfigurationFactory.ParseString(
            """
            base { x = 1, inner { p = 1 } }
            one = ${base} { x = 2 }
            two = ${base}
            two.y = 3
            two { inner { q = 4 } }
            seen = ${two.inner}
            three { z = 1 }
            three = ${base}
            """);

        Assert.Equal(2, config.GetInt("one.x"));
        Assert.Equal(1, config.GetInt("one.inner.p"));
        Assert.Equal(3, config.GetInt("two.y"));
        Assert.Equal((1, 4), (config.GetInt("two.inner.p"), config.GetInt("two.inner.q")));
        Assert.Equal((1, 4), (config.GetInt("seen.p"), config.GetInt("seen.q")));
        Assert.Equal((1, 1), (config.GetInt("three.x"), config.GetInt("three.z")));
        Assert.False(config.HasPath("base.y"));
        Assert.False(config.HasPath("base.inner.q"));
    }

    [Theory]
    [InlineData("a = 1\nb { c = 2", "line 2, column 3", "never closed")]
    [InlineData("a = 1 }", "line 1, column 7", "closes nothing")]
    [InlineData("a = [1, 2\n", "line 1, column 5", "never closed")]
    [InlineData("a = \"text", "line 1, column 5", "never closed")]
    [InlineData("a = \"\"\"text\n\n", "line 1, column 5", "never closed")]
    [InlineData("x = 1\na = akka.tcp://sys@host", "line 2, column 13", "double quotes")]
    [InlineData("a = \n}", "line 2, column 1", "no value")]
    [InlineData("a 1", "line 1, column 4", "was expected after the key 'a 1'")]
    [InlineData("= 1", "line 1, column 1", "key was expected")]
    [InlineData("a = ${x}", "line 1, column 5", "${x} has no value")]
    [InlineData("a = ${b}, b = ${a}", "line 1, column", "refers to itself")]
    [InlineData("a { b = ${a} }", "line 1, column", "refers to itself")]
    [InlineData("a = ${a.b}", "line 1, column 5", "refers to itself")]
    [InlineData("a = [1] x", "line 1, column 5", "different kinds")]
    [InlineData("a = { x = 1 } [2]", "line 1, column 5", "different kinds")]
    [InlineData("a = text\na += 1", "line 2, column 1", "adds to a list")]
    [InlineData("a = \"\\q\"", "line 1, column 6", "Unknown escape")]
    [InlineData("a = \"\\u12x4\"", "line 1, column 6", "hexadecimal")]
    [InlineData("include \"x\"", "line 1, column 1", "includes are not available")]
    [InlineData("a = ${x", "line 1, column 5", "not closed")]
    [InlineData("a = one ! two", "line 1, column 9", "expected after the value")]
    public void Errors_say_where_and_what(string text, string where, string what)
    {
        var error = Assert.Throws<ConfigurationException>(() => ConfigurationFactory.ParseString(text));

        Assert.Contains(where, error.Message, StringComparison.Ordinal);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_setting_of_a_wrong_form_is_named_with_its_place()
    {
        var config = ConfigurationFactory.ParseString("akka {\n  timeout = soon\n}");

        var error = Assert.Throws<ConfigurationException>(() => config.GetTimeSpan("akka.timeout"));

        Assert.Contains("akka.timeout: 'soon' is not a duration", error.Message, StringComparison.Ordinal);
        Assert.Contains("line 2, column 13", error.Message, StringComparison.Ordinal);
    }
}
