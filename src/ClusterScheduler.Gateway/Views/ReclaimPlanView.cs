namespace ClusterScheduler.Gateway.Views;

/// <summary>Who would lose what, so that roles below their guarantees get them; nothing is done.</summary>
public sealed record ReclaimPlanView(ImmutableArray<ReclaimedTaskView> Tasks, ImmutableArray<MissingView> Missing)
{
    public static ReclaimPlanView Of(MasterProtocol.ReclaimPlanned plan) => new(
        [
            .. plan.Steps.Select(static step => new ReclaimedTaskView(
                step.TaskId.Value, step.FrameworkId.Value, step.Role, step.AgentId.Value, step.Resources.ToString(),
                step.For)),
        ],
        [.. plan.Missing.Select(static gap => new MissingView(gap.Role, gap.Resources.ToString()))]);
}

/// <summary>A task that would have to leave for a role.</summary>
public sealed record ReclaimedTaskView(
    string Id, string Framework, string Role, string Agent, string Resources, string For);

/// <summary>What a role would still lack of its guarantee.</summary>
public sealed record MissingView(string Role, string Resources);
