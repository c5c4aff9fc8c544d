using System.CommandLine;

namespace ClusterScheduler.Cli.Commands;

/// <summary>csched task logs</summary>
internal static class TaskLogsCommand
{
    private const int PartBytes = 1024 * 1024;

    public static Command Build()
    {
        var logs = new ClientCommand("logs", "Print what a task wrote");
        var task = logs.Add("TASK", "its id");
        var follow = logs.Add(new Option<bool>("--follow", "-f")
        {
            Description = "Go on until the task ends",
        });
        var errors = logs.Add(new Option<bool>("--stderr")
        {
            Description = "Standard error instead of standard output",
        });
        logs.Action(async call =>
        {
            var path = ClientCall.Path("tasks", call.Parsed.GetRequiredValue(task), "logs")
                + $"?stream={(call.Parsed.GetValue(errors) ? "stderr" : "stdout")}";
            await using var output = Console.OpenStandardOutput();
            return call.Parsed.GetValue(follow)
                ? await new LogFollowing(LogFollowing.Stream(call), path, output).Run(call.Cancelled)
                : await Parts(call, path, output);
        });
        return logs.Command.WithExamples(
            ("csched task logs TASK", "all of its standard output"),
            ("csched task logs -f --stderr TASK", "its standard error, until it ends"));
    }

    /// <summary>All that there is now, part by part.</summary>
    private static async Task<int> Parts(ClientCall call, string path, Stream output)
    {
        for (var offset = 0L; ;)
        {
            using var response = await call.Client.Open($"{path}&offset={offset}&length={PartBytes}", call.Cancelled);
            await using var body = await call.Client.Body(response, call.Cancelled);
            await body.CopyToAsync(output, call.Cancelled);
            var end = LogFollowing.Number(response, "Log-Offset") + (response.Content.Headers.ContentLength ?? 0);
            if (end <= offset || end >= LogFollowing.Number(response, "Log-Size"))
            {
                return ExitCode.Done;
            }

            offset = end;
        }
    }
}
