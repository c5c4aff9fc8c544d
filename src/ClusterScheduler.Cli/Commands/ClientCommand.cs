using System.CommandLine;
using ClusterScheduler.Cli.Client;
using ClusterScheduler.Runtime.Commands;

namespace ClusterScheduler.Cli.Commands;

/// <summary>What every command has that asks a running cluster: where it is, and how to say what it answered.</summary>
internal sealed class ClientCommand
{
    private readonly Option<string?> _data = CommonOptions.Data();
    private readonly Option<string> _output = CommonOptions.Output();

    public ClientCommand(string name, string description)
    {
        Command = new Command(name, description);
        Command.Add(_data);
        Command.Add(_output);
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
            using var client = GatewayClient.Open(parsed.GetValue(_data));
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
            path += "/" + Uri.EscapeDataString(part);
        }

        return path;
    }

    /// <summary>Prints the answer as it came.</summary>
    public async Task<int> PrintJson(string path)
    {
        await Output.WriteLineAsync(await Client.GetText(path, Cancelled));
        return ExitCode.Done;
    }
}
