using System.CommandLine;

namespace ClusterScheduler.Cli.Commands;

/// <summary>Options that several commands have, each with one meaning.</summary>
internal static class CommonOptions
{
    public static Option<string?> Data() => new("--data")
    {
        Description = "State, logs and token of the cluster [default: CSCHED_DATA, or ~/.local/state/csched/dev]",
        HelpName = "DIR",
    };

    /// <summary>text or json; see <see cref="IsJson"/>.</summary>
    public static Option<string> Output()
    {
        var option = new Option<string>("--output", "-o")
        {
            Description = "text for people, json for scripts",
            DefaultValueFactory = _ => "text",
        };
        option.AcceptOnlyFromAmong("text", "json");
        return option;
    }

    public static bool IsJson(this ParseResult parsed, Option<string> output) => parsed.GetValue(output) == "json";

    public static Option<string?> Config() => new("--config")
    {
        Description = "HOCON file with settings [default: CSCHED_CONFIG]",
        HelpName = "FILE",
    };

    public static Option<int?> Agents()
    {
        var option = new Option<int?>("--agents")
        {
            Description = "How many agents are started",
            HelpName = "N",
        };
        option.Validators.Add(result =>
        {
            var agents = result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var number) ? number : 0;
            if (agents is < 1 or > Runtime.Settings.NodeSettings.AgentsMax)
            {
                result.AddError($"--agents takes a whole number from 1 to {Runtime.Settings.NodeSettings.AgentsMax}");
            }
        });
        return option;
    }
}
