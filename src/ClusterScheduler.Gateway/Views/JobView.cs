using System.Text.Json;
using ClusterScheduler.Core.Jobs.Life;
using ClusterScheduler.Protocol.Jobs;

namespace ClusterScheduler.Gateway.Views;

/// <summary>A job in a line.</summary>
/// <param name="Key">role/environment/name.</param>
/// <param name="Submission">The file that it came with.</param>
/// <param name="Cause">Why it was never run.</param>
/// <param name="NeverFits">The agent that comes nearest and what is short there, when none can ever hold it.</param>
public sealed record JobView(
    string Key,
    long Submission,
    string Phase,
    int Instances,
    int Waiting,
    int Active,
    int Finished,
    int Failed,
    int Killed,
    DateTimeOffset SubmittedAt,
    DateTimeOffset? EndedAt,
    string Cause,
    string NeverFits)
{
    public static JobView Of(ServicesProtocol.JobSummary job) => new(
        job.Key.ToString(),
        job.Submission,
        job.Phase.ToString().ToLowerInvariant(),
        job.Instances,
        job.Waiting,
        job.Active,
        job.Finished,
        job.Failed,
        job.Killed,
        job.SubmittedAt,
        job.EndedAt,
        job.Cause,
        job.NeverFits);

    /// <summary>Nothing of it will run again.</summary>
    public bool HasEnded => Phase is "finished" or "failed" or "killed" or "skipped";
}

/// <summary>Jobs, the oldest first.</summary>
public sealed record JobListView(ImmutableArray<JobView> Jobs);

/// <summary>A file was taken; its jobs will run.</summary>
public sealed record SubmittedView(long Submission, ImmutableArray<JobView> Jobs);

/// <summary>A kill was stored and goes out.</summary>
/// <param name="Instances">How many instances it is about.</param>
public sealed record JobKillView(string Key, int Instances);

/// <summary>A job with its instances.</summary>
/// <param name="Spec">As a job file says it.</param>
public sealed record JobDetailView(JobView Job, JsonElement Spec, ImmutableArray<InstanceView> Instances)
{
    public static JobDetailView Of(ServicesProtocol.JobDetails details)
    {
        using var spec = JsonDocument.Parse(JobFileJson.Write(details.Spec));
        return new JobDetailView(
            JobView.Of(details.Summary),
            spec.RootElement.Clone(),
            [.. details.Instances.Select(InstanceView.Of)]);
    }
}

/// <summary>One instance of a job.</summary>
/// <param name="Task">The id of its latest attempt.</param>
/// <param name="Attempt">The number of its latest attempt, from 1.</param>
/// <param name="Ended">Its attempts that have ended, the last few.</param>
public sealed record InstanceView(
    int Instance,
    string Phase,
    string? Task,
    int Attempt,
    int Failures,
    string? Agent,
    string Hostname,
    DateTimeOffset? Since,
    ImmutableArray<AttemptView> Ended)
{
    public static InstanceView Of(ServicesProtocol.InstanceSummary instance) => new(
        instance.Instance,
        instance.State.Phase.ToString().ToLowerInvariant(),
        instance.TaskId?.Value,
        instance.State.Attempt + 1,
        instance.State.Failures,
        instance.State.Agent?.Value,
        instance.State.Hostname,
        instance.State.Since == default ? null : instance.State.Since,
        [.. instance.State.History.Select(AttemptView.Of)]);
}

/// <summary>How one attempt ended.</summary>
public sealed record AttemptView(
    string Task,
    string Hostname,
    string State,
    string Reason,
    string Message,
    DateTimeOffset At,
    EvidenceView? Evidence)
{
    public static AttemptView Of(AttemptEnd end) => new(
        end.TaskId.Value,
        end.Hostname,
        end.State.WireName(),
        end.Reason.ToString(),
        end.Message,
        end.At,
        end.Evidence is { } evidence ? EvidenceView.Of(evidence) : null);
}

/// <summary>What changed since the last event of a watch.</summary>
public sealed record JobChangesView(ImmutableArray<JobView> Jobs, ImmutableArray<InstanceChangeView> Instances);

/// <summary>An instance that changed.</summary>
public sealed record InstanceChangeView(string Job, InstanceView Instance);
