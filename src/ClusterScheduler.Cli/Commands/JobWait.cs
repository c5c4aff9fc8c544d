using System.Globalization;
using System.Text.Json;
using ClusterScheduler.Cli.Client;
using ClusterScheduler.Gateway.Views;

namespace ClusterScheduler.Cli.Commands;

/// <summary>
/// Waits for the end of a submission, reading the gateway's server-sent events. Each connection begins with how all
/// jobs are, so nothing is lost between two.
/// </summary>
internal sealed class JobWait(PersistentStream stream, long submission, TextWriter output, bool json)
{
    private const string Data = "data: ";

    private readonly SortedDictionary<string, JobView> _jobs = new(StringComparer.Ordinal);
    private bool _isListed;

    public static Task<int> Run(ClientCall call, long submission)
    {
        // The jobs are submitted: what becomes of them is worth waiting for.
        var stream = new PersistentStream(call.Client, call.Parsed.InvocationConfiguration.Error)
        {
            MayBeginLate = true,
        };
        return new JobWait(stream, submission, call.Output, call.Json).Run(call.Cancelled);
    }

    /// <returns>The exit code.</returns>
    public Task<int> Run(CancellationToken cancelled)
    {
        var path = ClientCall.Path("jobs", "watch")
            + string.Create(CultureInfo.InvariantCulture, $"?submission={submission}");
        return stream.Read(
            () => path,
            (_, body) => Read(body, cancelled),
            $"how submission {submission} ends is not known here; its jobs go on, and 'csched job list' shows them",
            cancelled);
    }

    private async Task<int?> Read(Stream body, CancellationToken cancelled)
    {
        _isListed = false;
        using var reader = new StreamReader(body, leaveOpen: true);
        var data = "";
        while (await reader.ReadLineAsync(cancelled) is { } line)
        {
            if (line.StartsWith(Data, StringComparison.Ordinal))
            {
                data = line[Data.Length..];
            }
            else if (line.Length == 0 && data.Length > 0)
            {
                // Not before the empty line: without it the event was cut off.
                Take(JsonSerializer.Deserialize(data, GatewayJson.Default.JobChangesView)!);
                data = "";
                if (_jobs.Count > 0 && _jobs.Values.All(job => job.HasEnded))
                {
                    return _jobs.Values.All(job => job.Phase == "finished") ? ExitCode.Done : ExitCode.Failed;
                }
            }
        }

        return null;
    }

    private void Take(JobChangesView changes)
    {
        if (changes.Jobs.IsEmpty && changes.Instances.IsEmpty)
        {
            throw Forgotten($"the jobs of submission {submission}");
        }

        if (!_isListed && !changes.Jobs.IsEmpty)
        {
            // The first of a connection that names jobs names all.
            _isListed = true;
            var there = changes.Jobs.Select(job => job.Key).ToHashSet(StringComparer.Ordinal);
            if (_jobs.Values.FirstOrDefault(job => !job.HasEnded && !there.Contains(job.Key)) is { } missing)
            {
                throw Forgotten(missing.Key);
            }
        }

        foreach (var job in changes.Jobs)
        {
            Say(_jobs.GetValueOrDefault(job.Key), job);
            _jobs[job.Key] = job;
        }
    }

    private static UserException Forgotten(string what) => new(
        $"the cluster does not know {what} any more: its data was lost, or they ended while no gateway could be "
        + "reached and were forgotten since; how they ended is not known");

    private void Say(JobView? before, JobView job)
    {
        if (job == before)
        {
            return;
        }

        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(job, GatewayJson.Default.JobView));
        }
        else if (job.NeverFits.Length > 0 && before?.NeverFits != job.NeverFits)
        {
            output.WriteLine($"{job.Key}: {job.NeverFits}");
        }
        else if (before is null || before.Phase != job.Phase || job.HasEnded)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{job.Key}: {job.Phase}, {job.Finished} of {job.Instances} finished, {job.Failed} failed"
                + $"{(job.Cause.Length > 0 ? ": " + job.Cause : "")}"));
        }

        output.Flush();
    }
}
