using System.Collections.Immutable;

namespace ClusterScheduler.Core.Jobs.Life;

/// <summary>What somebody who asked something of the jobs is told.</summary>
public abstract record JobAnswer
{
    private JobAnswer()
    {
    }

    /// <summary>The jobs are stored and will run.</summary>
    /// <param name="Submission">The number of the file.</param>
    /// <param name="Incarnations">The numbers of its jobs, in order of the file.</param>
    public sealed record Accepted(long Submission, ImmutableArray<long> Incarnations) : JobAnswer;

    /// <summary>The kill is stored and goes out.</summary>
    /// <param name="Key">The job.</param>
    /// <param name="Instances">How many instances it is about.</param>
    public sealed record KillNoted(JobKey Key, int Instances) : JobAnswer;

    /// <summary>Nothing was done.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Refused(JobRefusal Reason) : JobAnswer;
}
