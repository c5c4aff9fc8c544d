namespace ClusterScheduler.Gateway.Views;

/// <summary>All machines of the schedule, by host name.</summary>
public sealed record MaintenanceStatusView(ImmutableArray<MachineView> Machines)
{
    public static MaintenanceStatusView Of(MasterProtocol.MaintenanceStatus status) => new(
    [
        .. status.Machines.Select(static machine => new MachineView(
            machine.Hostname,
            machine.IsDown ? "down" : "draining",
            machine.Window.Start,
            machine.Window.Duration?.TotalSeconds,
            [.. machine.Agents.Select(static agent => agent.Value)],
            machine.TaskCount,
            [
                .. machine.Answers.Select(static answer => new InverseAnswerView(
                    answer.AgentId.Value, answer.FrameworkId.Value, answer.Verdict.ToString().ToLowerInvariant(),
                    answer.At)),
            ])),
    ]);
}

/// <summary>A machine in the schedule.</summary>
/// <param name="Mode">draining or down.</param>
/// <param name="TaskCount">Tasks that hold resources there.</param>
public sealed record MachineView(
    string Hostname,
    string Mode,
    DateTimeOffset Start,
    double? DurationSeconds,
    ImmutableArray<string> Agents,
    int TaskCount,
    ImmutableArray<InverseAnswerView> Answers);

/// <summary>What a framework said to an inverse offer.</summary>
/// <param name="Verdict">open, accepted or declined.</param>
public sealed record InverseAnswerView(string Agent, string Framework, string Verdict, DateTimeOffset At);
