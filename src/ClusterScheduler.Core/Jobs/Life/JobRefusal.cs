using System.Collections.Immutable;
using ClusterScheduler.Core.Jobs.Findings;

namespace ClusterScheduler.Core.Jobs.Life;

/// <summary>Why a request about jobs was refused, with the facts.</summary>
public abstract record JobRefusal
{
    private JobRefusal()
    {
    }

    /// <summary>The jobs break rules of the format.</summary>
    /// <param name="Findings">All of them.</param>
    public sealed record Invalid(ImmutableArray<JobFinding> Findings) : JobRefusal;

    /// <summary>A job of that key has not ended yet.</summary>
    /// <param name="Key">The key.</param>
    public sealed record AlreadyActive(JobKey Key) : JobRefusal;

    /// <summary>More jobs than the scheduler holds.</summary>
    /// <param name="Limit">How many it holds.</param>
    public sealed record TooManyJobs(int Limit) : JobRefusal;

    /// <summary>More tasks than the scheduler holds.</summary>
    /// <param name="Limit">How many it holds.</param>
    public sealed record TooManyTasks(int Limit) : JobRefusal;

    /// <summary>No job has that key.</summary>
    /// <param name="Key">The key.</param>
    public sealed record UnknownJob(JobKey Key) : JobRefusal;

    /// <summary>The job does not have that instance.</summary>
    /// <param name="Key">The job.</param>
    /// <param name="Instance">The number.</param>
    public sealed record UnknownInstance(JobKey Key, int Instance) : JobRefusal;

    /// <summary>The job, or the instance, has ended already.</summary>
    /// <param name="Key">The job.</param>
    public sealed record AlreadyEnded(JobKey Key) : JobRefusal;

    /// <summary>One sentence for people.</summary>
    public string Describe() => this switch
    {
        Invalid invalid => $"the jobs have {invalid.Findings.Length} errors; the first: "
            + $"{invalid.Findings[0].Path}: {invalid.Findings[0].Problem}; right would be: "
            + invalid.Findings[0].Remedy,
        AlreadyActive active => $"the job {active.Key} has not ended yet: kill it first, or choose another name",
        TooManyJobs many => $"more than {many.Limit} jobs at once",
        TooManyTasks many => $"more than {many.Limit} tasks at once",
        UnknownJob unknown => $"there is no job {unknown.Key}",
        UnknownInstance unknown => $"the job {unknown.Key} has no instance {unknown.Instance}",
        AlreadyEnded ended => $"{ended.Key} has ended already",
        _ => throw new InvalidOperationException($"not a refusal: {GetType().Name}"),
    };
}
