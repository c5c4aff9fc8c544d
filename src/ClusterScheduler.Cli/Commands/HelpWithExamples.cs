using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Runtime.CompilerServices;
using ClusterScheduler.Cli.Output;

namespace ClusterScheduler.Cli.Commands;

/// <summary>--help: the usual text, then examples of the command.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private readonly HelpAction _usual = new();

    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        _usual.Invoke(parseResult);
        if (Examples.Of(parseResult.CommandResult.Command) is { Length: > 0 } examples)
        {
            output.WriteLine("Examples:");
            foreach (var (line, meaning) in examples)
            {
                Folded.Write(output, "  ", "      ", line, " \\", Screen.Columns);
                Folded.Write(output, "      ", "      ", meaning, "", Screen.Columns);
            }

            output.WriteLine();
        }

        foreach (var (title, lines) in Examples.NotesOf(parseResult.CommandResult.Command))
        {
            output.WriteLine($"{title}:");
            foreach (var line in lines)
            {
                output.WriteLine($"  {line}");
            }

            output.WriteLine();
        }

        return ExitCode.Done;
    }
}

/// <summary>Examples beside a command.</summary>
internal static class Examples
{
    private static readonly ConditionalWeakTable<Command, (string Line, string Meaning)[]> Known = [];

    private static readonly ConditionalWeakTable<Command, (string Title, string[] Lines)[]> Notes = [];

    public static Command WithExamples(this Command command, params (string Line, string Meaning)[] examples)
    {
        Known.Add(command, examples);
        return command;
    }

    /// <summary>Lines below the examples, under a title.</summary>
    public static Command WithNotes(this Command command, string title, IEnumerable<string> lines)
    {
        Notes.Add(command, [(title, [.. lines])]);
        return command;
    }

    public static (string Title, string[] Lines)[] NotesOf(Command command) =>
        Notes.TryGetValue(command, out var notes) ? notes : [];

    public static (string Line, string Meaning)[] Of(Command command) =>
        Known.TryGetValue(command, out var examples) ? examples : [];
}
