using System.Globalization;
using ClusterScheduler.Core.Jobs.Life;

namespace ClusterScheduler.Cli.Running;

/// <summary>A line for each thing that happens: for pipes, log files and terminals without control codes.</summary>
internal sealed class PlainRunView(TextWriter output) : IRunView
{
    public void Ready(RunStart start) => output.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{Stamp(start.Elapsed)} {start.Hosts.Count} agents ready; {start.Jobs} jobs, {start.Tasks} tasks submitted"));

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
                    Line(now.Elapsed, job, instance);
                }
            }

            if (job.Waiting.Length > 0 && job.Waiting != old?.Waiting)
            {
                output.WriteLine($"{Stamp(now.Elapsed)} {job.Name}: waits: {job.Waiting}");
            }
        }

        output.Flush();
    }

    public void Note(string text)
    {
        output.WriteLine(text);
        output.Flush();
    }

    public void Ended(RunOutcome outcome) => OutcomeText.Write(outcome, output, color: false);

    public void Dispose()
    {
    }

    private void Line(TimeSpan at, JobProgress job, InstanceProgress instance)
    {
        if (instance is { Phase: InstancePhase.Assigned } or { Phase: InstancePhase.Pending, Attempt: 0 })
        {
            return;
        }

        var host = instance.Host is null ? "" : $" on {instance.Host}";
        var attempt = instance.Attempt > 1
            ? string.Create(CultureInfo.InvariantCulture, $" (attempt {instance.Attempt})")
            : "";
        var why = instance is { Phase: not (InstancePhase.Running or InstancePhase.Finished), End: { } end }
            ? $": {end.Message}"
            : "";
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Stamp(at)} {job.Name}/{instance.Number} {Word(instance.Phase)}{host}{attempt}{why}"));
    }

    /// <summary>An instance that waits after an attempt is one that is tried again.</summary>
    private static string Word(InstancePhase phase) =>
        phase == InstancePhase.Pending ? "is tried again" : phase.ToString().ToLowerInvariant();

    private static string Stamp(TimeSpan elapsed) =>
        elapsed.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture).PadLeft(7) + "s";
}
