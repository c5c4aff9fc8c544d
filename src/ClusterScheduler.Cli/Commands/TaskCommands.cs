using System.CommandLine;
using System.Globalization;
using ClusterScheduler.Cli.Output;
using ClusterScheduler.Core.Jobs.Values;
using ClusterScheduler.Gateway.Views;
using ClusterScheduler.Runtime.Commands;

namespace ClusterScheduler.Cli.Commands;

/// <summary>csched task list|show|logs|kill</summary>
internal static class TaskCommands
{
    private const int ListMax = 10_000;

    public static Command Build() =>
        new("task", "See and end tasks, read what they wrote") { List(), Show(), TaskLogsCommand.Build(), Kill() };

    private static Command List()
    {
        var list = new ClientCommand(TaskCatalogue.List);
        list.Action(async call =>
        {
            var path = ClientCall.Path("tasks") + $"?limit={ListMax}";
            if (call.Json)
            {
                return await call.PrintJson(path);
            }

            var now = DateTimeOffset.UtcNow;
            var found = await call.Client.Get(path, GatewayJson.Default.TaskListView, call.Cancelled);
            var table = new TextTable("TASK", "STATE", "SINCE", "AGENT", "MESSAGE");
            foreach (var task in found.Tasks)
            {
                table.Add(task.Id, task.State, Ages.Of(task.Since, now), task.Agent ?? "-", Line(task.Message));
            }

            table.Write(call.Output, Screen.Columns);
            if (found.Truncated)
            {
                await call.Output.WriteLineAsync($"There are more than {ListMax}.");
            }

            return ExitCode.Done;
        });
        return list.Command.WithExamples(("csched task list -o json", "all fields, for scripts"));
    }

    private static Command Show()
    {
        var show = new ClientCommand(TaskCatalogue.Show);
        var task = show.Add(TaskCatalogue.Task);
        show.Action(async call =>
        {
            var path = ClientCall.Path("tasks", call.Parsed.GetRequiredValue(task));
            if (call.Json)
            {
                return await call.PrintJson(path);
            }

            Write(await call.Client.Get(path, GatewayJson.Default.TaskDetailView, call.Cancelled), call.Output);
            return ExitCode.Done;
        });
        return show.Command.WithExamples(("csched task show TASK", "TASK as 'csched task list' shows it"));
    }

    private static Command Kill()
    {
        var kill = new ClientCommand(TaskCatalogue.Kill);
        var task = kill.Add(TaskCatalogue.Task);
        var grace = kill.Add(new Option<string?>("--grace")
        {
            Description = "How long it may take to obey, such as 10s [default: what its job says]",
            HelpName = "TIME",
        });
        kill.Action(async call =>
        {
            var path = ClientCall.Path("tasks", call.Parsed.GetRequiredValue(task), "kill")
                + GraceQuery(call.Parsed.GetValue(grace));
            var killed = await call.Client.Post(path, null, GatewayJson.Default.KillView, call.Cancelled);
            return call.Say(killed, GatewayJson.Default.KillView,
                output => output.WriteLine($"task {killed.Id} is being killed"));
        });
        return kill.Command.WithExamples(("csched task kill TASK --grace 1s", "it gets a second after SIGTERM"));
    }

    private static string GraceQuery(string? grace)
    {
        if (grace is null)
        {
            return "";
        }

        return DurationText.TryParse(grace, out var time)
            ? string.Create(CultureInfo.InvariantCulture, $"?graceMilliseconds={(long)time.TotalMilliseconds}")
            : throw new UserException(
                $"--grace is '{grace}'; write a duration such as 500ms, 10s or 5m", ExitCode.WrongInput);
    }

    private static void Write(TaskDetailView task, TextWriter output)
    {
        output.WriteLine($"task       {task.Id}");
        output.WriteLine($"name       {task.Name}");
        output.WriteLine($"framework  {task.Framework}");
        output.WriteLine($"agent      {task.Agent ?? "none yet"}");
        output.WriteLine($"state      {task.State}{(task.KillRequested ? " (kill requested)" : "")}");
        output.WriteLine($"resources  {ResourceLine.Of(task.Resources)}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"priority   {task.Priority}"));
        foreach (var process in task.Processes)
        {
            var last = process.Final ? " (final)" : "";
            output.WriteLine($"process    {process.Name}{last}: {Line(string.Join(' ', process.Arguments))}");
        }

        output.WriteLine();
        foreach (var update in task.Updates)
        {
            output.WriteLine($"{update.At.ToLocalTime():yyyy-MM-dd HH:mm:ss.fff}  {update.State,-18} {update.Message}");
        }

        if (task.Updates.LastOrDefault()?.Evidence is { } end)
        {
            WriteEnd(end, output);
        }
    }

    private static void WriteEnd(EvidenceView end, TextWriter output)
    {
        output.WriteLine();
        var how = end.Signal is { } signal ? $"signal {signal}" : $"exit code {end.ExitCode}";
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"ended      {how}; {end.CpuSeconds:0.###} s of processor, peak memory {end.PeakMemoryMiB} MiB"));
        if (end.LastLog.Length > 0)
        {
            output.WriteLine("last lines of its output:");
            output.WriteLine("  " + end.LastLog.TrimEnd().Replace("\n", "\n  ", StringComparison.Ordinal));
        }
    }

    private static string Line(string text) => text.ReplaceLineEndings(" ");
}
