using System.Collections.Frozen;
using System.Collections.Immutable;

namespace ClusterScheduler.Runtime.Commands;

/// <summary>All commands of operators.</summary>
public static class CommandCatalogue
{
    private static readonly FrozenDictionary<string, OperatorCommand> ByPath;

    static CommandCatalogue()
    {
        All =
        [
            .. ClusterCatalogue.All, .. AgentCatalogue.All, .. FrameworkCatalogue.All, .. RoleCatalogue.All,
            .. MaintenanceCatalogue.All, .. JobCatalogue.All, .. TaskCatalogue.All,
        ];
        ByPath = All.ToFrozenDictionary(command => command.Path, StringComparer.Ordinal);
    }

    /// <summary>Group by group.</summary>
    public static ImmutableArray<OperatorCommand> All { get; }

    /// <summary>A command; none of that name: null.</summary>
    public static OperatorCommand? Find(string group, string name) => ByPath.GetValueOrDefault($"{group} {name}");

    /// <summary>Checks the arguments, then runs the command.</summary>
    public static async Task<CommandAnswer> Run(OperatorCommand command, CommandCall call)
    {
        var given = call.Arguments.Where(pair => pair.Value.Length > 0).Select(pair => pair.Key);
        if (given.Except(command.Arguments.Select(argument => argument.Name)).Order(StringComparer.Ordinal)
            .FirstOrDefault() is { } unknown)
        {
            return WrongInput($"'{command.Path}' has no argument '{unknown}'; it has {Names(command)}");
        }

        return command.Arguments.FirstOrDefault(argument => !argument.IsOptional && call[argument].Length == 0)
            is { } missing
            ? WrongInput($"'{command.Path}' needs {missing.Name}: {missing.Help}")
            : await command.Run(call);
    }

    private static string Names(OperatorCommand command) => command.Arguments.IsEmpty
        ? "none"
        : string.Join(", ", command.Arguments.Select(argument => argument.Name));

    private static CommandAnswer.Refused WrongInput(string sentence) =>
        new(CommandFault.WrongInput, "bad-argument", sentence);
}
