using System.CommandLine;
using System.Globalization;
using ClusterScheduler.Cli.Output;
using ClusterScheduler.Gateway.Views;

namespace ClusterScheduler.Cli.Commands;

/// <summary>csched role reclaim-plan</summary>
internal static class ReclaimPlanCommand
{
    public static Command Build()
    {
        var plan = new ClientCommand(
            "reclaim-plan", "Show who loses what, or would, for guarantees that are not met; asking changes nothing");
        plan.Action(async call =>
        {
            var path = ClientCall.Path("reclaim-plan");
            if (call.Json)
            {
                return await call.PrintJson(path);
            }

            Write(await call.Client.Get(path, GatewayJson.Default.ReclaimPlanView, call.Cancelled), call.Output);
            return ExitCode.Done;
        });
        return plan.Command.WithExamples(
            ("csched role reclaim-plan", "never more than needed; no role falls below its own guarantee"));
    }

    private static void Write(ReclaimPlanView plan, TextWriter output)
    {
        output.WriteLine(Mode(plan));
        foreach (var role in plan.Waiting)
        {
            var since = role.Since is { } begun ? $", since {Clock(begun)}" : "";
            output.WriteLine($"role {role.Role} waits for {role.Resources}{since}");
        }

        var table = new TextTable("FOR", "TASK", "OF ROLE", "PRIORITY", "RESOURCES", "AGENT", "FRAMEWORK", "STATE");
        foreach (var task in plan.Tasks)
        {
            table.Add(task.For, task.Id, task.Role, task.Priority.ToString(CultureInfo.InvariantCulture),
                task.Resources, task.Agent, task.Framework, State(task));
        }

        table.Write(output, Screen.Columns);
        foreach (var gap in plan.Missing)
        {
            output.WriteLine($"role {gap.Role} would still lack {gap.Resources}");
        }

        foreach (var task in plan.Killed)
        {
            output.WriteLine(
                $"{Clock(task.At)}  task {task.Id} of role {task.Role} was killed for role {task.For}: "
                + $"{task.Resources} on {task.Agent}");
        }
    }

    private static string Mode(ReclaimPlanView plan) => (plan.Mode, plan.AgentsAwaited) switch
    {
        ("off", _) => "reclaiming is off (master.reclaim.mode): this is a dry run, nothing is done",
        (_, > 0) => FormattableString.Invariant(
            $"reclaiming waits: {plan.AgentsAwaited} agents are awaited after a failover"),
        _ => FormattableString.Invariant(
            $"reclaiming is on, mode {plan.Mode}, for roles that wait longer than {plan.WaitSeconds:0.###} s"),
    };

    private static string State(ReclaimedTaskView task)
    {
        var answer = task.Answer == "open" ? "" : $", {task.Answer}";
        return task.State switch
        {
            "ask" => "not asked",
            "asked" => $"asked until {Clock(task.Until)}{answer}",
            "time-over" => $"time over at {Clock(task.Until)}{answer}; not to be killed",
            "kill" => $"time over at {Clock(task.Until)}{answer}",
            _ => "being killed",
        };
    }

    private static string Clock(DateTimeOffset? at) => at is { } known
        ? known.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
        : "";
}
