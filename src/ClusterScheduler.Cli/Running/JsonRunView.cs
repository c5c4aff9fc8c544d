using System.Buffers;
using System.Text;
using System.Text.Json;
using ClusterScheduler.Core.Jobs.Life;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Cli.Running;

/// <summary>One JSON object on each line, for scripts: ready, task, note and, last, end.</summary>
internal sealed class JsonRunView(TextWriter output) : IRunView
{
    public void Ready(RunStart start) => Line("ready", start.Elapsed, json =>
    {
        json.WriteStartArray("agents");
        foreach (var host in start.Hosts)
        {
            json.WriteStringValue(host);
        }

        json.WriteEndArray();
        json.WriteNumber("jobs", start.Jobs);
        json.WriteNumber("tasks", start.Tasks);
        json.WriteString("directory", start.Directory);
    });

    public void Changed(RunSnapshot before, RunSnapshot now)
    {
        foreach (var job in now.Jobs)
        {
            var old = before.Jobs.FirstOrDefault(each => each.Name == job.Name);
            foreach (var instance in job.Instances)
            {
                var was = old?.Instances.FirstOrDefault(each => each.Number == instance.Number);
                if (was?.Phase != instance.Phase || was.Attempt != instance.Attempt)
                {
                    Line("task", now.Elapsed, json => Task(json, job, instance));
                }
            }
        }
    }

    public void Note(string text) => Line("note", TimeSpan.Zero, json => json.WriteString("text", text));

    public void Ended(RunOutcome outcome) => Line("end", outcome.Last.Elapsed, json =>
    {
        json.WriteBoolean("succeeded", outcome.Succeeded);
        json.WriteBoolean("interrupted", outcome.Interrupted);
        json.WriteString("directory", outcome.Directory);
        json.WriteStartArray("jobs");
        foreach (var job in outcome.Last.Jobs)
        {
            Job(json, job);
        }

        json.WriteEndArray();
        json.WriteStartArray("failures");
        foreach (var failure in outcome.Failures)
        {
            Failure(json, failure);
        }

        json.WriteEndArray();
        json.WriteStartArray("outputs");
        foreach (var result in outcome.Outputs)
        {
            json.WriteStartObject();
            json.WriteString("task", result.Title);
            json.WriteString("path", result.Path);
            json.WriteString("text", result.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    public void Dispose()
    {
    }

    private static void Job(Utf8JsonWriter json, JobProgress job)
    {
        json.WriteStartObject();
        json.WriteString("name", job.Name);
        json.WriteBoolean("succeeded", job.Succeeded);
        foreach (var phase in Enum.GetValues<InstancePhase>())
        {
            json.WriteNumber(Word(phase), job.Count(phase));
        }

        if (job.Waiting.Length > 0)
        {
            json.WriteString("why", job.Waiting);
        }

        json.WriteEndObject();
    }

    private static void Failure(Utf8JsonWriter json, TaskFailure failure)
    {
        json.WriteStartObject();
        json.WriteString("task", failure.Title);
        json.WriteString("path", failure.Path);
        json.WriteString("message", failure.End.Message);
        Evidence(json, failure.End.Evidence);
        json.WriteEndObject();
    }

    private static void Task(Utf8JsonWriter json, JobProgress job, InstanceProgress instance)
    {
        json.WriteString("job", job.Name);
        json.WriteNumber("instance", instance.Number);
        json.WriteString("phase", Word(instance.Phase));
        if (instance.TaskId is not null)
        {
            json.WriteString("task", instance.TaskId);
            json.WriteNumber("attempt", instance.Attempt);
        }

        if (instance.Host is not null)
        {
            json.WriteString("agent", instance.Host);
        }

        if (instance.Phase.HasEnded() && instance.End is { } end)
        {
            json.WriteString("state", end.State.WireName());
            json.WriteString("message", end.Message);
            Evidence(json, end.Evidence);
        }
    }

    private static void Evidence(Utf8JsonWriter json, TaskEvidence? evidence)
    {
        if (evidence?.ExitCode is { } exitCode)
        {
            json.WriteNumber("exitCode", exitCode);
        }

        if (evidence?.Signal is { } signal)
        {
            json.WriteNumber("signal", signal);
        }

        if (evidence is { LastLog.Length: > 0 })
        {
            json.WriteString("lastLog", evidence.LastLog);
        }
    }

    private void Line(string @event, TimeSpan elapsed, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("event", @event);
            json.WriteNumber("seconds", Math.Round(elapsed.TotalSeconds, 3));
            write(json);
            json.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
        output.Flush();
    }

    private static string Word(InstancePhase phase) => phase.ToString().ToLowerInvariant();
}
