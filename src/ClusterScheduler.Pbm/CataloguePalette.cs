using System.Collections.Immutable;
using Akka.Actor;
using ClusterScheduler.Runtime.Commands;
using Petabridge.Cmd;
using Petabridge.Cmd.Host;

namespace ClusterScheduler.Pbm;

/// <summary>
/// One group of the catalogue. Its name has the prefix <c>cs-</c>, because pbm has palettes of its own that are called
/// <c>cluster</c> and the like: <c>pbm cs-job list</c>.
/// </summary>
internal sealed class CataloguePalette : CommandPaletteHandler
{
    private const string Prefix = "cs-";

    public CataloguePalette(string group, ImmutableArray<OperatorCommand> commands)
        : this(commands, new CommandPalette(Prefix + group, commands.Select(Define)))
    {
    }

    private CataloguePalette(ImmutableArray<OperatorCommand> commands, CommandPalette palette)
        : base(palette) => HandlerProps = Props.Create(() => new CatalogueActor(palette, commands));

    /// <inheritdoc/>
    public override Props HandlerProps { get; }

    /// <summary>How pbm writes an argument.</summary>
    public static string SwitchOf(CommandArgument argument) => $"--{argument.Name}";

    private static CommandDefinition Define(OperatorCommand command)
    {
        var definition = new CommandDefinitionBuilder().WithName(command.Name).WithDescription(command.Help);
        foreach (var argument in command.Arguments)
        {
            definition = definition.WithArgument(builder => builder
                .WithName(argument.Name)
                .WithDescription(argument.IsSwitch
                    ? $"{argument.Help} (write {CommandArgument.On})"
                    : argument.Help)
                .IsMandatory(!argument.IsOptional)
                .WithSwitch(SwitchOf(argument)));
        }

        return definition.Build();
    }
}
