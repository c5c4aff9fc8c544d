using System.Collections.Immutable;
using ClusterScheduler.Core.Jobs.Life;

namespace ClusterScheduler.Cli.Running;

/// <summary>How a run ended.</summary>
/// <param name="Outputs">What the jobs wrote that nothing waits for: the results.</param>
/// <param name="Failures">Each instance that failed for good.</param>
internal sealed record RunOutcome(
    RunSnapshot Last,
    bool Interrupted,
    string Directory,
    ImmutableArray<TaskOutput> Outputs,
    ImmutableArray<TaskFailure> Failures)
{
    public bool Succeeded => !Interrupted && Last.Ended && Last.Jobs.All(job => job.Succeeded);
}

/// <summary>The end of what a task wrote.</summary>
/// <param name="Title">Job and instance.</param>
/// <param name="Path">The whole of it.</param>
internal sealed record TaskOutput(string Title, string Path, string Text);

/// <summary>Why a task failed.</summary>
/// <param name="Title">Job and instance.</param>
/// <param name="Path">Its sandbox.</param>
internal sealed record TaskFailure(string Title, string Path, AttemptEnd End);
