using System.Text.RegularExpressions;
using ClusterScheduler.Cli.Nodes;
using ClusterScheduler.Runtime.Settings;

namespace ClusterScheduler.Cli.Tests.Rules;

/// <summary>
/// hocon/reference.conf is a contract: it has exactly the keys that the settings records read, and says of each its
/// purpose, unit, default and range, truly.
/// </summary>
public sealed partial class SettingsRules
{
    [Fact]
    public void The_reference_has_exactly_the_keys_that_are_read()
    {
        var reader = ReadAll();
        var known = SettingsLoader.KnownKeys();
        Assert.Empty(
            known.Except(reader.Ranges.Keys).Select(key => $"{key} is in the reference and nothing reads it")
                .Concat(reader.Ranges.Keys.Except(known).Select(key => $"{key} is read and not in the reference")));
    }

    [Fact]
    public void Every_key_says_its_purpose_unit_default_and_range()
    {
        var reader = ReadAll();
        Assert.Empty(Documented().SelectMany(key => Wrong(key, reader)));
    }

    private static SettingsReader ReadAll()
    {
        var reader = SettingsLoader.Load(SettingsSources.ReferenceOnly).Reader();
        ClusterSettings.Read(reader);
        return reader;
    }

    private static IEnumerable<string> Wrong(DocumentedKey key, SettingsReader reader)
    {
        var facts = Facts().Match(key.Comment);
        if (!facts.Success || facts.Groups["purpose"].Value.Trim().Length < 15)
        {
            yield return $"{key.Path}: say above it PURPOSE, then 'Unit: U. Default: D. Range: R.'";
            yield break;
        }

        if (facts.Groups["default"].Value.Trim('"') != key.Value)
        {
            yield return $"{key.Path}: its comment says the default is {facts.Groups["default"].Value}, "
                + $"it is {key.Value}";
        }

        if (reader.Ranges.TryGetValue(key.Path, out var range) && facts.Groups["range"].Value != range)
        {
            yield return $"{key.Path}: its comment says the range is {facts.Groups["range"].Value}, it is {range}";
        }
    }

    /// <summary>Each key with the comment above it and the text of its value.</summary>
    private static List<DocumentedKey> Documented()
    {
        var found = new List<DocumentedKey>();
        var sections = new List<string>();
        var comment = "";
        foreach (var line in SettingsLoader.ReferenceText().Split('\n').Select(line => line.Trim()))
        {
            if (line.StartsWith('#'))
            {
                comment += line.TrimStart('#') + " ";
                continue;
            }

            if (line.EndsWith('{'))
            {
                sections.Add(line.TrimEnd('{').Trim());
            }
            else if (line == "}")
            {
                sections.RemoveAt(sections.Count - 1);
            }
            else if (line.Split('=', 2) is [var key, var value])
            {
                var path = string.Join('.', [.. sections, key.Trim()]);
                found.Add(new DocumentedKey(path, value.Trim().Trim('"'), comment));
            }

            comment = "";
        }

        return [.. found.Where(key => key.Path.StartsWith("cluster-scheduler.", StringComparison.Ordinal))];
    }

    [GeneratedRegex(@"^(?<purpose>.*) Unit: (?<unit>[^.]+)\. +Default: (?<default>.*?)\. +Range: (?<range>.*)\. *$")]
    private static partial Regex Facts();

    private sealed record DocumentedKey(string Path, string Value, string Comment);
}
