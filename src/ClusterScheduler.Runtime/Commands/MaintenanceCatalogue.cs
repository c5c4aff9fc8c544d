using System.Collections.Immutable;

namespace ClusterScheduler.Runtime.Commands;

/// <summary>maintenance status</summary>
public static class MaintenanceCatalogue
{
    public static OperatorCommand Status { get; } = new(
        "maintenance", "status", "Show machines with planned maintenance, and what frameworks say to it", Show)
    {
        Examples = [new("csched maintenance status", "draining: still used; down: its agents are not admitted")],
    };

    internal static ImmutableArray<OperatorCommand> All => [Status];

    private static async Task<CommandAnswer> Show(CommandCall call)
    {
        var status = await call.Ask<MasterProtocol.MaintenanceStatus>(
            call.Refs.Master, new MasterProtocol.GetMaintenanceStatus());
        return CommandAnswer.Table.Of(
            ["machine", "mode", "start", "duration", "agents", "tasks", "answers"],
            status.Machines.Select(machine => new CommandCell[]
            {
                machine.Hostname,
                machine.IsDown ? "down" : "draining",
                machine.Window.Start,
                machine.Window.Duration?.ToString("c"),
                machine.Agents.Length,
                machine.TaskCount,
                string.Join(',', machine.Answers.Select(answer => $"{answer.FrameworkId}={answer.Verdict}")),
            }));
    }
}
