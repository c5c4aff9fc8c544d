using System.Collections.Immutable;
using Akka.Actor;
using ClusterScheduler.Runtime.Commands;
using Petabridge.Cmd;
using Petabridge.Cmd.Host;

namespace ClusterScheduler.Pbm;

/// <summary>Runs the commands of one group and says what they answered, as text.</summary>
internal sealed class CatalogueActor : CommandHandlerActor
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    public CatalogueActor(CommandPalette palette, ImmutableArray<OperatorCommand> commands)
        : base(palette)
    {
        foreach (var command in commands)
        {
            Process(command.Name, call => Run(command, call));
        }
    }

    private void Run(OperatorCommand command, Command call)
    {
        var arguments = command.Arguments
            .Select(argument => (argument.Name, Value: Given(call, CataloguePalette.SwitchOf(argument))))
            .Where(pair => pair.Value is not null)
            .ToImmutableDictionary(pair => pair.Name, pair => pair.Value!);
        CommandCatalogue
            .Run(command, new CommandCall(Context.System, arguments, Timeout, CancellationToken.None))
            .PipeTo(Sender, Self, AnswerText.Of, AnswerText.Of);
    }

    private static string? Given(Command call, string name) => call.Arguments
        .Where(pair => pair.Item1 == name)
        .Select(pair => pair.Item2)
        .SingleOrDefault();
}
