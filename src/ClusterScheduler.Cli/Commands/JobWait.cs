using System.Globalization;
using ClusterScheduler.Gateway.Views;

namespace ClusterScheduler.Cli.Commands;

/// <summary>Waits for the end of a submission, reading the gateway's server-sent events.</summary>
internal static class JobWait
{
    private const string Data = "data: ";

    public static async Task<int> Run(ClientCall call, long submission)
    {
        var path = ClientCall.Path("jobs", "watch")
            + string.Create(CultureInfo.InvariantCulture, $"?submission={submission}");
        using var response = await call.Client.Open(path, call.Cancelled);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(call.Cancelled));
        var jobs = new SortedDictionary<string, JobView>(StringComparer.Ordinal);
        while (await reader.ReadLineAsync(call.Cancelled) is { } line)
        {
            if (!line.StartsWith(Data, StringComparison.Ordinal))
            {
                continue;
            }

            var changes = System.Text.Json.JsonSerializer.Deserialize(
                line[Data.Length..], GatewayJson.Default.JobChangesView);
            foreach (var job in changes?.Jobs ?? [])
            {
                Say(call, jobs.GetValueOrDefault(job.Key), job);
                jobs[job.Key] = job;
            }

            if (jobs.Count > 0 && jobs.Values.All(job => job.HasEnded))
            {
                return jobs.Values.All(job => job.Phase == "finished") ? ExitCode.Done : ExitCode.Failed;
            }
        }

        throw new UserException("the cluster ended while its jobs were running");
    }

    private static void Say(ClientCall call, JobView? before, JobView job)
    {
        if (call.Json)
        {
            call.Output.WriteLine(System.Text.Json.JsonSerializer.Serialize(job, GatewayJson.Default.JobView));
        }
        else if (job.NeverFits.Length > 0 && before?.NeverFits != job.NeverFits)
        {
            call.Output.WriteLine($"{job.Key}: {job.NeverFits}");
        }
        else if (before is null || before.Phase != job.Phase || job.HasEnded)
        {
            call.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{job.Key}: {job.Phase}, {job.Finished} of {job.Instances} finished, {job.Failed} failed"
                + $"{(job.Cause.Length > 0 ? ": " + job.Cause : "")}"));
        }

        call.Output.Flush();
    }
}
