using System.Globalization;
using Akka.Configuration;
using FsCheck;
using FsCheck.Fluent;
using Config = FsCheck.Config;

namespace Akka.Embedded.Tests.Configuration;

/// <summary>Whatever is written, the parser ends soon with a value or with an error that says where.</summary>
public class HoconFuzzTests
{
    private static readonly string[] Pieces =
    [
        "a", "b", "c", ".", "=", ":", "{", "}", "[", "]", ",", "\n", " ", "\"", "\"\"\"", "${", "${?",
        "}", "${a}", "${b.c}",
        "+=", "#", "//", "\\", "1", "include \"x\"", "null", "\"q.r\"", "\\u0041", "\0", "é", "10s",
    ];

    [Fact]
    public void Random_texts_are_read_or_refused_with_a_place() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<int[]>(),
                numbers => ReadOrRefuse(string.Concat(numbers.Select(n => Pieces[(n & int.MaxValue) % Pieces.Length]))))
            .QuickCheckThrowOnFailureWith(3_000);

    [Fact]
    public void Settings_survive_writing_and_reading() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<Dictionary<NonNull<string>, string[]>>(),
                settings =>
                {
                    var config = ConfigurationFactory.FromObject(
                        settings.ToDictionary(s => s.Key.Get, s => s.Value.Select(v => v ?? "").ToArray()));
                    var again = ConfigurationFactory.ParseString(config.ToString());
                    return config.AsEnumerable().All(item =>
                        again.AsEnumerable().Single(other => other.Key == item.Key).Value.GetStringList()
                            .SequenceEqual(item.Value.GetStringList()));
                })
            .QuickCheckThrowOnFailureWith(300);

    [Theory]
    [InlineData("{", "a ")]
    [InlineData("[", "a = ")]
    [InlineData("a.", "")]
    [InlineData("a={", "")]
    public void Endless_nesting_is_refused(string piece, string start)
    {
        var text = start + string.Concat(Enumerable.Repeat(piece, 100_000));

        Assert.Throws<ConfigurationException>(() => ConfigurationFactory.ParseString(text));
    }

    [Fact]
    public void Long_chains_of_substitutions_are_refused()
    {
        var links = Enumerable.Range(1, 50_000).Select(i => $"a{i} = ${{a{i - 1}}}").Reverse();
        var text = "a0 = 1\n" + string.Join('\n', links);

        Assert.Throws<ConfigurationException>(() => ConfigurationFactory.ParseString(text));
    }

    [Theory]
    [InlineData("1", "a{0}")]
    [InlineData("{ k = 1 }", "a{0}.k")]
    public void A_few_lines_cannot_stand_for_gigabytes(string seed, string last)
    {
        var lines = Enumerable.Range(1, 60).Select(i => $"a{i} = ${{a{i - 1}}}${{a{i - 1}}}${{a{i - 1}}}");
        var use = string.Format(CultureInfo.InvariantCulture, last, 60);
        var text = $"a0 = {seed}\n{string.Join('\n', lines)}\nuse = ${{{use}}}";

        Assert.Throws<ConfigurationException>(() => ConfigurationFactory.ParseString(text));
    }

    private static bool ReadOrRefuse(string text)
    {
        try
        {
            var config = ConfigurationFactory.ParseString(text);
            _ = ConfigurationFactory.ParseString(config.ToString());
            return true;
        }
        catch (ConfigurationException refused)
        {
            return refused.Message.StartsWith("line ", StringComparison.Ordinal);
        }
    }
}

internal static class FsCheckRuns
{
    public static void QuickCheckThrowOnFailureWith(this Property property, int runs) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(runs), property);
}
