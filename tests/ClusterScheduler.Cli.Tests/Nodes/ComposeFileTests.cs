using System.Text.RegularExpressions;
using ClusterScheduler.Cli.Nodes;
using ClusterScheduler.Cli.Tests.JobFiles;
using ClusterScheduler.Runtime.Settings;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace ClusterScheduler.Cli.Tests.Nodes;

/// <summary>What docker/compose.yaml tells its nodes.</summary>
public sealed partial class ComposeFileTests
{
    [Fact]
    public void Nodes_prove_the_secret_unless_the_user_says_otherwise()
    {
        Assert.False(Settings(new Dictionary<string, string>()).Node.Insecure);
        Assert.True(Settings(new Dictionary<string, string> { ["INSECURE"] = "true" }).Node.Insecure);
    }

    private static ClusterSettings Settings(Dictionary<string, string> user) => ClusterSettings.Read(
        SettingsLoader.Load(SettingsSources.ReferenceOnly with
        {
            Environment = Environment().ToDictionary(pair => pair.Key, pair => Variable().Replace(
                pair.Value,
                found => user.GetValueOrDefault(found.Groups["name"].Value, found.Groups["default"].Value))),
        }).Reader());

    private static Dictionary<string, string> Environment()
    {
        using var text = File.OpenText(Path.Combine(Repository.Root, "docker", "compose.yaml"));
        var yaml = new Parser(text);
        while (yaml.MoveNext())
        {
            if (yaml.Current is Scalar { Value: "x-seeds" })
            {
                yaml.MoveNext();
                return new Deserializer().Deserialize<Dictionary<string, string>>(yaml);
            }
        }

        throw new InvalidOperationException("docker/compose.yaml says nothing to its nodes");
    }

    [GeneratedRegex(@"\$\{(?<name>\w+):-(?<default>[^}]*)\}")]
    private static partial Regex Variable();
}
