using Akka.Configuration;

namespace Akka.Contract.Tests.Configuration;

public class HoconSyntaxTests
{
    [Theory]
    [InlineData("a = 1")]
    [InlineData("a : 1")]
    [InlineData("a=1,")]
    [InlineData("\"a\" = 1")]
    [InlineData("{ \"a\" : 1 }")]
    [InlineData("# comment\na = 1 // and another\n// end")]
    [InlineData("a =\n  1")]
    [InlineData("a = \t 1 \t ")]
    public void One_key_can_be_written_in_many_ways(string text) =>
        Assert.Equal(1, ConfigurationFactory.ParseString(text).GetInt("a"));

    [Theory]
    [InlineData("a.b.c = 1")]
    [InlineData("a { b { c = 1 } }")]
    [InlineData("a { b.c = 1 }")]
    [InlineData("a.b { c = 1 }\nd = 2")]
    [InlineData("a = { b : { c = 1 } }")]
    [InlineData("a\n{\n  b.c = 1\n}")]
    public void Dots_and_braces_nest(string text) =>
        Assert.Equal(1, ConfigurationFactory.ParseString(text).GetInt("a.b.c"));

    [Fact]
    public void Dots_in_quoted_keys_do_not_nest()
    {
        var config = ConfigurationFactory.ParseString("loggers { \"My.Type, My.Assembly\" = on }");

        Assert.True(config.GetBoolean("loggers.\"My.Type, My.Assembly\""));
        Assert.False(config.HasPath("loggers.My"));
    }

    [Fact]
    public void Keys_may_contain_slashes_and_stars_in_quotes()
    {
        var config = ConfigurationFactory.ParseString(
            """
            akka.actor.deployment {
              /worker { x = 1 }
              "/parent/*" { x = 2 }
            }
            """);

        Assert.Equal(1, config.GetInt("akka.actor.deployment./worker.x"));
        Assert.Equal(2, config.GetInt("akka.actor.deployment.\"/parent/*\".x"));
    }

    [Fact]
    public void Text_is_quoted_unquoted_or_in_three_quotes()
    {
        var config = ConfigurationFactory.ParseString(
            """"
            plain = hello world
            quoted = "a: b = c {} # no comment"
            escaped = "line\nnext\t\"quoted\" \\ \u0041"
            raw = """C:\dir\"x"
            second line"""
            empty = ""
            nothing = null
            """");

        Assert.Equal("hello world", config.GetString("plain"));
        Assert.Equal("a: b = c {} # no comment", config.GetString("quoted"));
        Assert.Equal("line\nnext\t\"quoted\" \\ A", config.GetString("escaped"));
        Assert.Equal("C:\\dir\\\"x\"\nsecond line", config.GetString("raw").ReplaceLineEndings("\n"));
        Assert.Equal("", config.GetString("empty"));
        Assert.Null(config.GetString("nothing"));
        Assert.True(config.HasPath("nothing"));
    }

    [Fact]
    public void Lists_are_separated_by_commas_or_lines()
    {
        var config = ConfigurationFactory.ParseString(
            """
            commas = [1, 2, 3,]
            lines = [
              1
              2 # two
              3
            ]
            joined = [1, 2] [3]
            words = [one word, "two, words"]
            objects = [{ x = 1 }, { x = 2 }]
            empty = []
            """);

        Assert.Equal([1, 2, 3], config.GetIntList("commas"));
        Assert.Equal([1, 2, 3], config.GetIntList("lines"));
        Assert.Equal([1, 2, 3], config.GetIntList("joined"));
        Assert.Equal(["one word", "two, words"], config.GetStringList("words"));
        Assert.Equal([1, 2], config.GetValue("objects").GetArray().Select(o => o.GetObject()!.GetKey("x")!.GetInt()));
        Assert.Empty(config.GetStringList("empty"));
        Assert.Empty(config.GetStringList("missing"));
    }

    [Fact]
    public void Objects_under_one_key_merge_and_later_values_win()
    {
        var config = ConfigurationFactory.ParseString(
            """
            a { x = 1, y = 1 }
            a { y = 2, z { deep = 1 } }
            a.z.more = 2
            b = { old = 1 }
            b = text
            c = text
            c { new = 1 }
            """);

        Assert.Equal((1, 2), (config.GetInt("a.x"), config.GetInt("a.y")));
        Assert.Equal((1, 2), (config.GetInt("a.z.deep"), config.GetInt("a.z.more")));
        Assert.Equal("text", config.GetString("b"));
        Assert.False(config.HasPath("b.old"));
        Assert.Equal(1, config.GetInt("c.new"));
    }

    [Fact]
    public void Substitutions_stand_for_other_values_of_the_text()
    {
        var config = ConfigurationFactory.ParseString(
            """
            host = node1
            base { port = 4053, hosts = [a, b] }
            name = system at ${host} now
            copy = ${base}
            hosts = ${base.hosts} [c]
            later = ${defined.below}
            defined.below = 7
            """);

        Assert.Equal("system at node1 now", config.GetString("name"));
        Assert.Equal(4053, config.GetInt("copy.port"));
        Assert.Equal(["a", "b", "c"], config.GetStringList("hosts"));
        Assert.Equal(7, config.GetInt("later"));
    }

    [Theory]
    [InlineData("a = ${nowhere}")]
    [InlineData("a = http://host")]
    [InlineData("a = \"wrong \\x escape\"")]
    public void Wrong_texts_are_refused(string text) =>
        Assert.ThrowsAny<Exception>(() => ConfigurationFactory.ParseString(text));

    [Fact]
    public void Includes_come_from_the_callback()
    {
        var config = ConfigurationFactory.ParseString(
            "outer { include \"common.conf\"\n own = 1 }",
            name => Akka.Configuration.Hocon.Parser.Parse($"from = \"{name}\"", null));

        Assert.Equal("common.conf", config.GetString("outer.from"));
        Assert.Equal(1, config.GetInt("outer.own"));
    }
}
