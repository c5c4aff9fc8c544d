using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Preemption;

namespace ClusterScheduler.Gateway.Views;

/// <summary>Who loses what, or would, so that roles below their guarantees get them.</summary>
/// <param name="Mode">How far the operator lets it go: off, ask, kill-revocable, kill; off: a dry run.</param>
/// <param name="WaitSeconds">How long a role must wait before anybody is asked.</param>
/// <param name="AgentsAwaited">After a failover; while there are some nothing is taken back.</param>
/// <param name="Waiting">Roles that wait for what they are guaranteed.</param>
/// <param name="Tasks">Those that make room, in order.</param>
/// <param name="Missing">What no task can give.</param>
/// <param name="Killed">The last 100 under this master, oldest first.</param>
public sealed record ReclaimPlanView(
    string Mode,
    double WaitSeconds,
    int AgentsAwaited,
    ImmutableArray<WaitingRoleView> Waiting,
    ImmutableArray<ReclaimedTaskView> Tasks,
    ImmutableArray<MissingView> Missing,
    ImmutableArray<KilledForRoleView> Killed)
{
    public static ReclaimPlanView Of(MasterProtocol.ReclaimPlanned plan) => new(
        Word(plan.Mode),
        plan.WaitLeast.TotalSeconds,
        plan.AgentsAwaited,
        [
            .. plan.Waiting.Select(static role =>
                new WaitingRoleView(role.Role, role.Resources.ToString(), role.Since)),
        ],
        [
            .. plan.Steps.Select(static step => new ReclaimedTaskView(
                step.TaskId.Value, step.FrameworkId.Value, step.Role, step.AgentId.Value, step.Resources.ToString(),
                step.For, step.Priority, Word(step.Action), step.Until, Word(step.Verdict))),
        ],
        [.. plan.Missing.Select(static gap => new MissingView(gap.Role, gap.Resources.ToString()))],
        [
            .. plan.Killed.Select(static task => new KilledForRoleView(
                task.TaskId.Value, task.FrameworkId.Value, task.Role, task.AgentId.Value, task.Resources.ToString(),
                task.For, task.At)),
        ]);

    private static string Word(ReclaimMode mode) => mode switch
    {
        ReclaimMode.Off => "off",
        ReclaimMode.Ask => "ask",
        ReclaimMode.KillRevocable => "kill-revocable",
        ReclaimMode.Kill => "kill",
        _ => throw new InvalidOperationException($"no word for {mode}"),
    };

    private static string Word(InverseVerdict verdict) => verdict.ToString().ToLowerInvariant();

    private static string Word(ReclaimAction action) => action switch
    {
        ReclaimAction.Ask => "ask",
        ReclaimAction.WaitForDeadline => "asked",
        ReclaimAction.NotAllowedToKill => "time-over",
        ReclaimAction.KillRevocable or ReclaimAction.KillByPriority => "kill",
        ReclaimAction.Ending => "ending",
        _ => throw new InvalidOperationException($"no word for {action}"),
    };
}

/// <summary>A role that waits for what it is guaranteed.</summary>
/// <param name="Since">Since when; none while reclaiming is off.</param>
public sealed record WaitingRoleView(string Role, string Resources, DateTimeOffset? Since);

/// <summary>A task that has to leave for a role, or would have to.</summary>
/// <param name="Priority">Lower ones go first.</param>
/// <param name="State">ask: it would be next; asked: until the time below; time-over: and may not be killed; kill: it
/// is next; ending: it is being killed.</param>
/// <param name="Until">Until when its framework was asked to give it back.</param>
/// <param name="Answer">What its framework said: open, accepted, declined.</param>
public sealed record ReclaimedTaskView(
    string Id,
    string Framework,
    string Role,
    string Agent,
    string Resources,
    string For,
    int Priority,
    string State,
    DateTimeOffset? Until,
    string Answer);

/// <summary>What a role would still lack of its guarantee.</summary>
public sealed record MissingView(string Role, string Resources);

/// <summary>A task that was killed for a role.</summary>
public sealed record KilledForRoleView(
    string Id, string Framework, string Role, string Agent, string Resources, string For, DateTimeOffset At);
