using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using ClusterScheduler.Cli.Output;
using ClusterScheduler.Runtime.Commands;

namespace ClusterScheduler.Cli.Commands;

/// <summary>
/// Commands of the catalogue that csched shows as they are: name, help, arguments and answer say all that there is.
/// </summary>
internal static class CatalogueCommands
{
    /// <summary>One command with all that the catalogue has in a group.</summary>
    public static Command Group(string group, string help)
    {
        var command = new Command(group, help);
        foreach (var each in CommandCatalogue.All.Where(each => each.Group == group))
        {
            command.Add(Build(each));
        }

        return command;
    }

    /// <summary>One command.</summary>
    public static Command Build(OperatorCommand declared)
    {
        var command = new ClientCommand(declared.Name, declared.Help);
        var arguments = new List<(string Name, Func<ParseResult, string?> Value)>();
        foreach (var each in declared.Arguments)
        {
            if (each.IsSwitch)
            {
                var option = command.Add(new Option<bool>($"--{each.Name}") { Description = each.Help });
                arguments.Add((each.Name, parsed => parsed.GetValue(option) ? CommandArgument.On : null));
            }
            else if (each.IsOptional)
            {
                var option = command.Add(new Option<string?>($"--{each.Name}") { Description = each.Help });
                arguments.Add((each.Name, parsed => parsed.GetValue(option)));
            }
            else
            {
                var argument = command.Add(each.Name.ToUpperInvariant(), each.Help);
                arguments.Add((each.Name, parsed => parsed.GetRequiredValue(argument)));
            }
        }

        command.Action(call => Run(declared, call, string.Join('&', arguments
            .Where(each => !string.IsNullOrEmpty(each.Value(call.Parsed)))
            .Select(each => $"{each.Name}={Uri.EscapeDataString(each.Value(call.Parsed)!)}"))));
        return command.Command.WithExamples([.. declared.Examples.Select(example => (example.Line, example.Says))]);
    }

    private static async Task<int> Run(OperatorCommand declared, ClientCall call, string query)
    {
        var path = ClientCall.Path("commands", declared.Group, declared.Name) + (query.Length > 0 ? $"?{query}" : "");
        var json = declared.Changes
            ? await call.Client.PostText(path, call.Cancelled)
            : await call.Client.GetText(path, call.Cancelled);
        if (call.Json)
        {
            await call.Output.WriteLineAsync(json);
            return ExitCode.Done;
        }

        using var answer = JsonDocument.Parse(json);
        if (answer.RootElement.TryGetProperty("sentence", out var sentence))
        {
            await call.Output.WriteLineAsync(sentence.GetString());
        }
        else
        {
            Write(answer.RootElement, call.Output);
        }

        return ExitCode.Done;
    }

    private static void Write(JsonElement answer, TextWriter output)
    {
        var columns = answer.GetProperty("columns").EnumerateArray().Select(column => column.GetString()!).ToArray();
        var table = new TextTable([.. columns.Select(column => column.ToUpper(CultureInfo.InvariantCulture))]);
        foreach (var row in answer.GetProperty("rows").EnumerateArray())
        {
            table.Add([.. columns.Select(column => Text(row.GetProperty(column)))]);
        }

        table.Write(output, Screen.Columns);
        if (answer.TryGetProperty("note", out var note))
        {
            output.WriteLine(note.GetString());
        }
    }

    private static string Text(JsonElement cell) => cell.ValueKind switch
    {
        JsonValueKind.Null => "-",
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        _ => cell.ToString(),
    };
}
