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
            if (call.Parsed.GetValue(follow))
            {
                await Copy(call, path + "&follow=true", output);
            }
            else
            {
                await Parts(call, path, output);
            }

            return ExitCode.Done;
        });
        return logs.Command.WithExamples(
            ("csched task logs TASK", "all of its standard output"),
            ("csched task logs -f --stderr TASK", "its standard error, until it ends"));
    }

    /// <summary>All that there is now, part by part.</summary>
    private static async Task Parts(ClientCall call, string path, Stream output)
    {
        for (var offset = 0L; ;)
        {
            using var response = await call.Client.Open($"{path}&offset={offset}&length={PartBytes}", call.Cancelled);
            await response.Content.CopyToAsync(output, call.Cancelled);
            var end = Number(response, "Log-Offset") + (response.Content.Headers.ContentLength ?? 0);
            if (end <= offset || end >= Number(response, "Log-Size"))
            {
                return;
            }

            offset = end;
        }
    }

    private static async Task Copy(ClientCall call, string path, Stream output)
    {
        using var response = await call.Client.Open(path, call.Cancelled);
        await using var body = await response.Content.ReadAsStreamAsync(call.Cancelled);
        var buffer = new byte[64 * 1024];
        while (await body.ReadAsync(buffer, call.Cancelled) is > 0 and var count)
        {
            await output.WriteAsync(buffer.AsMemory(0, count), call.Cancelled);
            await output.FlushAsync(call.Cancelled);
        }
    }

    private static long Number(HttpResponseMessage response, string header) =>
        response.Headers.TryGetValues(header, out var values) && long.TryParse(values.First(), out var number)
            ? number
            : 0;
}
