using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Net.Http.Json;
using ClusterScheduler.Cli.Output;
using ClusterScheduler.Core.Jobs.Values;
using ClusterScheduler.Gateway.Views;
using ClusterScheduler.Runtime.Commands;

namespace ClusterScheduler.Cli.Commands;

/// <summary>csched maintenance schedule|status|start|stop</summary>
internal static class MaintenanceCommands
{
    private const int AttemptsMax = 20;

    // ISO 8601, and as 'csched maintenance status' prints it.
    private static readonly string[] TimeForms =
    [
        "yyyy-MM-ddK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mmK", "yyyy-MM-dd HH:mm:ssK",
    ];

    public static Command Build() => new("maintenance", "Plan time without machines, take them down and up again")
    {
        Schedule(),
        Status(),
        Change("start", "Take machines down: their tasks end, their agents are not admitted", "it was scheduled"),
        Change("stop", "Bring machines up that are down; they leave the schedule", "its agents are admitted again"),
    };

    private static Command Schedule()
    {
        var schedule = new ClientCommand("schedule", "Plan maintenance of machines, or show the plan");
        var machines = Machines(schedule, ArgumentArity.ZeroOrMore);
        var start = schedule.Add(Text(
            "--start", "When it begins: now, a time as 2027-01-31T02:00Z, or a duration from now as 2h"));
        var duration = schedule.Add(Text("--duration", "How long it lasts, as 30m; without end when not said"));
        var remove = schedule.Add(new Option<bool>("--remove") { Description = "Take the machines out of the plan" });
        schedule.Action(async call =>
        {
            ImmutableArray<string> named = [.. call.Parsed.GetValue(machines) ?? []];
            if (named.IsEmpty)
            {
                return await Show(call, "schedule");
            }

            var added = call.Parsed.GetValue(remove) ? null : new MaintenanceWindowView
            {
                Machines = named,
                Start = Start(call.Parsed.GetValue(start), DateTimeOffset.UtcNow),
                DurationSeconds = call.Parsed.GetValue(duration) is { } length
                    ? Duration("--duration", length).TotalSeconds
                    : null,
            };
            var status = await Replan(call, named, added);
            Say(call, status);
            Warn(call, added is null ? [] : named, status);
            return ExitCode.Done;
        });
        return schedule.Command.WithExamples(
            ("csched maintenance schedule host-1 host-2 --start 2h --duration 30m", "their users are asked to leave"),
            ("csched maintenance schedule host-1 --remove", "it is not planned any more"));
    }

    /// <summary>Changes the schedule as it is; when somebody else does so at the same time, again.</summary>
    private static async Task<MaintenanceStatusView> Replan(
        ClientCall call, ImmutableArray<string> named, MaintenanceWindowView? added)
    {
        var path = ClientCall.Path("maintenance", "schedule");
        for (var attempt = 1; ; attempt++)
        {
            var known = await call.Client.Get(path, GatewayJson.Default.MaintenanceScheduleView, call.Cancelled);
            var kept = known.Windows
                .Select(window => window with { Machines = [.. window.Machines.Except(named)] })
                .Where(static window => !window.Machines.IsEmpty);
            try
            {
                return await call.Client.Put(
                    path, known with { Windows = added is null ? [.. kept] : [.. kept, added] },
                    GatewayJson.Default.MaintenanceScheduleView, GatewayJson.Default.MaintenanceStatusView,
                    call.Cancelled);
            }
            catch (UserException changed) when (changed.IsConflict && attempt < AttemptsMax)
            {
                // The next one reads what the other has made of it.
            }
        }
    }

    private static Command Status()
    {
        var status = new ClientCommand(MaintenanceCatalogue.Status);
        status.Action(call => Show(call, "status"));
        return status.Command.WithExamples((
            "csched maintenance status", "draining: still used; down: its agents are not admitted"));
    }

    private static Command Change(string name, string description, string example)
    {
        var change = new ClientCommand(name, description);
        var machines = Machines(change, ArgumentArity.OneOrMore);
        change.Action(async call =>
        {
            ImmutableArray<string> named = [.. call.Parsed.GetValue(machines) ?? []];
            using var body = JsonContent.Create(
                new MachinesBody { Machines = named }, GatewayJson.Default.MachinesBody);
            return Say(call, await call.Client.Post(ClientCall.Path("maintenance", name), body,
                GatewayJson.Default.MaintenanceStatusView, call.Cancelled));
        });
        return change.Command.WithExamples(($"csched maintenance {name} host-1", example));
    }

    private static async Task<int> Show(ClientCall call, string what)
    {
        if (call.Json)
        {
            return await call.PrintJson(ClientCall.Path("maintenance", what));
        }

        return Say(call, await call.Client.Get(ClientCall.Path("maintenance", "status"),
            GatewayJson.Default.MaintenanceStatusView, call.Cancelled));
    }

    private static int Say(ClientCall call, MaintenanceStatusView status) =>
        call.Say(status, GatewayJson.Default.MaintenanceStatusView, output => Write(status, output));

    /// <summary>A machine may come later, or its name may be misspelt.</summary>
    private static void Warn(ClientCall call, ImmutableArray<string> named, MaintenanceStatusView status)
    {
        foreach (var machine in status.Machines.Where(
            machine => machine.Agents.IsEmpty && named.Contains(machine.Hostname) && !call.Json))
        {
            call.Output.WriteLine(
                $"no agent of host '{machine.Hostname}' is there now; 'csched agent list' shows those that are");
        }
    }

    private static void Write(MaintenanceStatusView status, TextWriter output)
    {
        var table = new TextTable("MACHINE", "MODE", "START", "DURATION", "TASKS", "ASKED", "ACCEPTED", "DECLINED");
        foreach (var machine in status.Machines)
        {
            table.Add(
                machine.Hostname,
                machine.Mode,
                machine.Start.ToUniversalTime().ToString("u", CultureInfo.InvariantCulture),
                machine.DurationSeconds is { } seconds ? Ages.Of(TimeSpan.FromSeconds(seconds)) : "-",
                machine.TaskCount.ToString(CultureInfo.InvariantCulture),
                Who(machine, "open"),
                Who(machine, "accepted"),
                Who(machine, "declined"));
        }

        table.Write(output, Screen.Columns);
    }

    private static string Who(MachineView machine, string verdict)
    {
        var frameworks = machine.Answers.Where(answer => answer.Verdict == verdict)
            .Select(static answer => answer.Framework).Distinct().Order(StringComparer.Ordinal).ToList();
        return frameworks.Count == 0 ? "-" : string.Join(',', frameworks);
    }

    private static DateTimeOffset Start(string? text, DateTimeOffset now) => text switch
    {
        null => throw new UserException(
            "say when it begins, with --start now, --start 2h or --start 2027-01-31T02:00Z", ExitCode.WrongInput),
        "now" => now,
        _ when DurationText.TryParse(text, out var wait) => now + wait,
        _ when DateTimeOffset.TryParseExact(
            text, TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) => at,
        _ => throw new UserException(
            $"--start is '{text}'; write now, a duration from now such as 2h, or a time such as 2027-01-31T02:00Z",
            ExitCode.WrongInput),
    };

    private static TimeSpan Duration(string option, string text) => DurationText.TryParse(text, out var length)
        ? length
        : throw new UserException(
            $"{option} is '{text}'; write a duration such as 30m or 2h", ExitCode.WrongInput);

    private static Argument<string[]> Machines(ClientCommand command, ArgumentArity arity)
    {
        var machines = new Argument<string[]>("MACHINE")
        {
            Description = "host names, as 'csched agent list' shows them",
            Arity = arity,
        };
        command.Command.Add(machines);
        return machines;
    }

    private static Option<string?> Text(string name, string description) => new(name)
    {
        Description = description,
        HelpName = name == "--start" ? "TIME" : "DURATION",
    };
}
