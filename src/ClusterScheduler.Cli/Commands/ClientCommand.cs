using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ClusterScheduler.Cli.Client;
using ClusterScheduler.Runtime.Commands;

namespace ClusterScheduler.Cli.Commands;

/// <summary>What every command has that asks a running cluster: where it is, and how to say what it answered.</summary>
internal sealed class ClientCommand
{
    private readonly Option<string?> _data = CommonOptions.RunningData();
    private readonly Option<string?> _gateway = CommonOptions.Gateway();
    private readonly Option<string?> _tokenFile = CommonOptions.TokenFile();
    private readonly Option<string?> _caFile = CommonOptions.CaFile();
    private readonly Option<bool> _insecure = CommonOptions.PlainText();
    private readonly Option<string> _output = CommonOptions.Output();

    public ClientCommand(string name, string description)
    {
        Command = new Command(name, description);
        foreach (var option in (Option[])[_data, _gateway, _tokenFile, _caFile, _insecure, _output])
        {
            Command.Add(option);
        }
    }

    /// <summary>One whose name and help are those of the catalogue.</summary>
    public ClientCommand(OperatorCommand declared)
        : this(declared.Name, declared.Help)
    {
    }

    public Command Command { get; }

    public Argument<string> Add(string argument, string description)
    {
        var added = new Argument<string>(argument) { Description = description };
        Command.Add(added);
        return added;
    }

    /// <summary>An argument as the catalogue has it.</summary>
    public Argument<string> Add(CommandArgument declared) => Add(declared.Name.ToUpperInvariant(), declared.Help);

    public Option<T> Add<T>(Option<T> option)
    {
        Command.Add(option);
        return option;
    }

    /// <summary>Runs with an open client; cancelled by Ctrl-C.</summary>
    public void Action(Func<ClientCall, Task<int>> run) =>
        Command.SetAction(async (parsed, cancelled) =>
        {
            var errors = parsed.InvocationConfiguration.Error;
            using var client = GatewayClient.Open(
                new GatewayWish(
                    parsed.GetValue(_gateway), parsed.GetValue(_data), parsed.GetValue(_tokenFile),
                    parsed.GetValue(_caFile), parsed.GetValue(_insecure)),
                late => errors.WriteLine($"csched: {late}"));
            return await run(new ClientCall(
                parsed,
                client,
                parsed.IsJson(_output),
                parsed.InvocationConfiguration.Output,
                cancelled));
        });
}

/// <summary>One call of a <see cref="ClientCommand"/>.</summary>
/// <param name="Json">The answer is wanted as JSON.</param>
internal sealed record ClientCall(
    ParseResult Parsed, GatewayClient Client, bool Json, TextWriter Output, CancellationToken Cancelled)
{
    /// <summary>A path of the gateway, each part escaped.</summary>
    public static string Path(params ReadOnlySpan<string> parts)
    {
        var path = "/v1";
        foreach (var part in parts)
        {
            // These would be taken for other paths.
            path += part is "" or "." or ".."
                ? throw new UserException($"'{part}' is no name; write one such as eng", ExitCode.WrongInput)
                : "/" + Uri.EscapeDataString(part);
        }

        return path;
    }

    /// <summary>Says how a change was answered: as JSON where that is wanted, else in words.</summary>
    public int Say<T>(T answer, JsonTypeInfo<T> type, Action<TextWriter> inWords)
    {
        if (Json)
        {
            Output.WriteLine(JsonSerializer.Serialize(answer, type));
        }
        else
        {
            inWords(Output);
        }

        return ExitCode.Done;
    }

    /// <summary>Prints the answer as it came.</summary>
    public async Task<int> PrintJson(string path)
    {
        await Output.WriteLineAsync(await Client.GetText(path, Cancelled));
        return ExitCode.Done;
    }
}
