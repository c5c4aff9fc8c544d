using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Runtime.CompilerServices;

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
                output.WriteLine($"  {line}");
                output.WriteLine($"      {meaning}");
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

    public static Command WithExamples(this Command command, params (string Line, string Meaning)[] examples)
    {
        Known.Add(command, examples);
        return command;
    }

    public static (string Line, string Meaning)[] Of(Command command) =>
        Known.TryGetValue(command, out var examples) ? examples : [];
}
