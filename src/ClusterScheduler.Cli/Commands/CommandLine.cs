using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using ClusterScheduler.Core.Jobs.Findings;
using ClusterScheduler.Gateway;
using ClusterScheduler.Runtime.Settings;

namespace ClusterScheduler.Cli.Commands;

/// <summary>Parses and runs one command; whatever goes wrong ends in a message and an exit code.</summary>
internal static class CommandLine
{
    public static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter errors)
    {
        try
        {
            return Invoke(args, output, errors);
        }
        catch (UserException wrong)
        {
            errors.WriteLine(Lines("csched: ", wrong.Message));
            return wrong.ExitCode;
        }
        catch (SettingsException wrong)
        {
            errors.WriteLine(Lines("csched: ", wrong.Message));
            return ExitCode.WrongInput;
        }
        catch (GatewayStartException wrong)
        {
            errors.WriteLine(Lines("csched: ", wrong.Message));
            return ExitCode.Failed;
        }
        catch (Exception unforeseen)
        {
            errors.WriteLine($"csched: this should not have happened: {unforeseen.Message}{Report(unforeseen)}");
            return ExitCode.Failed;
        }
    }

    private static int Invoke(IReadOnlyList<string> args, TextWriter output, TextWriter errors)
    {
        var parsed = CommandTree.Build().Parse(args.Count == 0 ? ["--help"] : args);
        return parsed.Action is ParseErrorAction
            ? Refuse(parsed, errors)
            : parsed.InvokeAsync(new InvocationConfiguration
            {
                Output = output,
                Error = errors,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            }).GetAwaiter().GetResult();
    }

    private static int Refuse(ParseResult parsed, TextWriter errors)
    {
        var command = parsed.CommandResult.Command;
        var known = command.Subcommands.Select(sub => sub.Name).Concat(command.Options.Select(option => option.Name));
        if (parsed.UnmatchedTokens is [['-', ..], ..] && command is { Action: null, Subcommands.Count: > 0 })
        {
            errors.WriteLine($"csched: say first what of '{PathOf(parsed.CommandResult)}' is meant: "
                + string.Join(", ", command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name)));
        }
        else if (parsed.UnmatchedTokens is [var unknown, ..])
        {
            var nearest = NearestWord.Find(unknown, known);
            errors.WriteLine($"csched: there is no '{unknown}' here"
                + (nearest is null ? "" : $"; did you mean '{nearest}'?"));
        }
        else
        {
            foreach (var error in parsed.Errors)
            {
                errors.WriteLine($"csched: {error.Message.Replace("\n\t", " ", StringComparison.Ordinal)}");
            }
        }

        errors.WriteLine($"        '{PathOf(parsed.CommandResult)} --help' says how it is used.");
        return ExitCode.WrongInput;
    }

    private static string PathOf(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{PathOf(parent)} {command.Command.Name}" : "csched";

    /// <summary>A message with what says it before it.</summary>
    public static string Lines(string prefix, string message) =>
        prefix + message.Replace("\n", "\n" + new string(' ', prefix.Length), StringComparison.Ordinal);

    /// <summary>Keeps what a developer needs out of the user's sight.</summary>
    private static string Report(Exception unforeseen)
    {
        try
        {
            var path = Path.Combine(Path.GetTempPath(), $"csched-{Environment.ProcessId}-error.txt");
            File.WriteAllText(path, unforeseen.ToString());
            return $"\n        Details for the developers are in {path}";
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
