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

    /// <summary>Of a node that runs on this machine.</summary>
    public static Option<string?> RunningData() => new("--data")
    {
        Description = "Data directory of a node on this machine [default: CSCHED_DATA, or that of the csched dev or "
            + "csched node that was started last]",
        HelpName = "DIR",
    };

    public static Option<string?> Gateway() => new("--gateway")
    {
        Description = "A gateway on another machine, instead of --data; several with commas [default: CSCHED_GATEWAY]",
        HelpName = "URL",
    };

    public static Option<string?> TokenFile() => new("--token-file")
    {
        Description = "A file with the token of --gateway [default: CSCHED_TOKEN_FILE]",
        HelpName = "FILE",
    };

    public static Option<string?> CaFile() => new("--ca-file")
    {
        Description = "Who signed the certificate of --gateway, as PEM [default: CSCHED_CA_FILE]",
        HelpName = "FILE",
    };

    public static Option<bool> PlainText() => new("--insecure")
    {
        Description = "Send the token to another machine even without TLS (http://)",
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
