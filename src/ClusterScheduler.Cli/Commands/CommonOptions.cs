using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

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

    public static Option<int?> Agents() =>
        Number("--agents", "N", "How many agents are started", 1, Runtime.Settings.NodeSettings.AgentsMax);

    /// <summary>Refuses what is no whole number of that range in the words of this product.</summary>
    public static Option<int?> Number(string name, string helpName, string description, int min, int max)
    {
        int? Read(ArgumentResult result)
        {
            if (result.Tokens.Count == 1 && int.TryParse(
                result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number >= min && number <= max)
            {
                return number;
            }

            result.AddError($"{name} takes a whole number from {min} to {max}");
            return null;
        }

        return new Option<int?>(name) { Description = description, HelpName = helpName, CustomParser = Read };
    }
}
