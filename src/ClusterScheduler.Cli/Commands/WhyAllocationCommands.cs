using System.CommandLine;
using System.Globalization;
using ClusterScheduler.Cli.Output;
using ClusterScheduler.Gateway.Views;

namespace ClusterScheduler.Cli.Commands;

/// <summary>csched why framework|role</summary>
internal static class WhyAllocationCommands
{
    public static Command Framework()
    {
        var why = new ClientCommand("framework", "Say what keeps offers from a framework");
        var framework = why.Add("FRAMEWORK", "its id, or its name where only one is called so");
        var role = why.Add(new Option<string?>("--role")
        {
            Description = "One of its roles [default: all]",
            HelpName = "ROLE",
        });
        var demand = why.Add(new Option<string[]>("--demand")
        {
            Description = "What an offer must hold, reserved or not, as cpus:4;mem:1024; may be repeated "
                + "[default: anything, and what its tasks wait for]",
            HelpName = "RESOURCES",
        });
        why.Action(async call =>
        {
            var path = ClientCall.Path("allocation", "frameworks", call.Parsed.GetRequiredValue(framework))
                + $"?role={Uri.EscapeDataString(call.Parsed.GetValue(role) ?? "")}"
                + string.Concat((call.Parsed.GetValue(demand) ?? []).Select(
                    static text => $"&demand={Uri.EscapeDataString(text)}"));
            if (call.Json)
            {
                return await call.PrintJson(path);
            }

            Write(await call.Client.Get(path, GatewayJson.Default.FrameworkWhyView, call.Cancelled), call.Output);
            return ExitCode.Done;
        });
        return why.Command.WithExamples(
            ("csched why framework services",
                "by rule, how many agents are kept from it and from what its tasks wait for; filters; its turn"),
            ("csched why framework services --demand 'cpus:8;mem:4096'", "who comes nearest, and what is short"),
            ("csched why framework services --demand cpus:8 --demand cpus:16", "the same of several at once"));
    }

    public static Command Role()
    {
        var why = new ClientCommand("role", "Say why a role has what it has");
        var role = why.Add("ROLE", "its whole name, such as eng/web");
        why.Action(async call =>
        {
            var path = ClientCall.Path("allocation", "roles", call.Parsed.GetRequiredValue(role));
            if (call.Json)
            {
                return await call.PrintJson(path);
            }

            Write(await call.Client.Get(path, GatewayJson.Default.RoleWhyView, call.Cancelled), call.Output);
            return ExitCode.Done;
        });
        return why.Command.WithExamples(("csched why role eng/web", "its turn, its quota, what it may still get"));
    }

    /// <param name="standing">Whether the turn, the quota and the filters are told, which no demand changes.</param>
    public static void Write(AllocationWhyView why, TextWriter output, bool standing = true)
    {
        var demand = why.Demand.Length > 0 ? $" for {why.Demand}" : "";
        output.WriteLine($"  role {why.Role}{demand}: {why.Agents} agents");
        if (why.WaitedForBy is { } tasks)
        {
            output.WriteLine($"    waited for by {Of(tasks)}");
        }

        foreach (var rule in why.Rules)
        {
            var counted = rule.Agents - rule.First;
            var above = counted > 0 ? $"; {counted} of them are counted above, too" : "";
            output.WriteLine($"    {rule.Agents} {rule.Words}{above}");
        }

        foreach (var kept in why.KeptFor)
        {
            output.WriteLine($"    kept: {kept.Amounts} for the guarantee of {kept.Role}");
        }

        if (standing)
        {
            Write(why.Position, why.Quota, output);
        }

        foreach (var near in why.Nearest)
        {
            output.WriteLine($"    near: {near.Hostname} ({near.Id}): {Of(near)}");
        }

        if (standing)
        {
            WriteFilters(why, output);
        }
    }

    private static void WriteFilters(AllocationWhyView why, TextWriter output)
    {
        var now = DateTimeOffset.UtcNow;
        foreach (var filter in why.Filters)
        {
            output.WriteLine($"    filter: {filter.Agent} for another {Ages.Of(filter.Until - now)}: {filter.Refused}");
        }

        if (why.FilterCount > why.Filters.Length)
        {
            output.WriteLine($"    and {why.FilterCount - why.Filters.Length} more filters");
        }
    }

    /// <summary>Why nobody is offered anything after a failover.</summary>
    public static void WriteHold(DateTimeOffset? heldBackUntil, TextWriter output)
    {
        if (heldBackUntil is { } until)
        {
            output.WriteLine($"  nothing is offered before most agents are back, or {until:u}: there is quota to keep");
        }
    }

    private static string Of(NearAgentView near)
    {
        var rules = near.Rules.IsEmpty ? "can be offered" : string.Join(", ", near.Rules);
        var left = near.Offerable == near.Free ? "" : $", of which quota leaves {OrNothing(near.Offerable)}";
        var missing = near.Missing.Length > 0 ? $"; short of {near.Missing}" : "";
        return $"{rules}; {OrNothing(near.Free)} free for it{left}{missing}";
    }

    private static string Of(WaitingTasksView tasks)
    {
        var more = tasks.JobCount - tasks.Jobs.Length;
        return $"{tasks.Instances} {(tasks.Instances == 1 ? "task" : "tasks")} of {string.Join(", ", tasks.Jobs)}"
            + (more > 0 ? $" and {more} more jobs" : "");
    }

    private static string OrNothing(string resources) => resources.Length > 0 ? resources : "nothing";

    public static void Write(FrameworkWhyView why, TextWriter output)
    {
        output.WriteLine($"framework {why.Name} ({why.Id})");
        WriteHold(why.HeldBackUntil, output);

        var told = "";
        foreach (var role in why.Roles)
        {
            Write(role, output, standing: role.Role != told);
            told = role.Role;
        }

        if (why.MoreDemands > 0)
        {
            output.WriteLine($"  and {why.MoreDemands} more demands that its tasks wait for");
        }

        if (why.DemandsUnknown)
        {
            output.WriteLine("  the service scheduler has not answered: if it is this framework, what its tasks wait "
                + "for is left out. Ask again in a moment.");
        }
    }

    private static void Write(RoleWhyView why, TextWriter output)
    {
        output.WriteLine($"role {why.Role.Name}");
        Write(why.Position, why.Quota, output);
        output.WriteLine($"    may still get: {(why.MayStillGet.Length > 0 ? why.MayStillGet : "nothing")}");
        foreach (var framework in why.Frameworks)
        {
            var waits = framework.Waits ? "waits" : "wants nothing now";
            var holds = framework.Allocated.Length > 0 ? framework.Allocated : "nothing";
            output.WriteLine($"    framework: {framework.Id}: {waits}, holds {holds}, "
                + $"share {Share(framework.DominantShare)}, served {framework.Served} times");
        }

        if (why.FrameworkCount > why.Frameworks.Length)
        {
            output.WriteLine($"    and {why.FrameworkCount - why.Frameworks.Length} frameworks after them");
        }
    }

    private static void Write(
        IReadOnlyList<PositionView> position, IReadOnlyList<RoleView> quota, TextWriter output)
    {
        foreach (var place in position)
        {
            var turn = place.Place > 0 ? $"place {place.Place} of {place.Siblings}" : "not in the order";
            output.WriteLine($"    turn: {place.Name}: {turn}, weighted share {Share(place.WeightedShare)}");
        }

        foreach (var role in quota)
        {
            output.WriteLine($"    quota: {role.Name}: guaranteed {ResourceLine.Of(role.Quota.Guarantees)}, "
                + $"limited to {ResourceLine.Of(role.Quota.Limits)}, uses {ResourceLine.Short(role.Consumed)}");
        }
    }

    private static string Share(double share) => share.ToString("0.##%", CultureInfo.InvariantCulture);
}
