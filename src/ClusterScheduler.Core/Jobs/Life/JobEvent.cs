using System.Collections.Immutable;
using ClusterScheduler.Core.Agents;

namespace ClusterScheduler.Core.Jobs.Life;

/// <summary>What happened to the jobs of the service scheduler. Only an event changes the book.</summary>
public abstract record JobEvent
{
    private JobEvent()
    {
    }

    /// <summary>False for what the cluster says again when asked: it is applied and not stored.</summary>
    public virtual bool IsDurable => true;

    /// <summary>The jobs of one file were taken on, all or none. They get the next numbers in this order.</summary>
    /// <param name="Jobs">Valid jobs, no key of which is active.</param>
    /// <param name="At">When.</param>
    public sealed record Submitted(ImmutableArray<JobSpec> Jobs, DateTimeOffset At) : JobEvent;

    /// <summary>Attempts that are about to be launched.</summary>
    /// <param name="Attempts">Each of a pending instance, with the next number.</param>
    /// <param name="At">When.</param>
    public sealed record Staged(ImmutableArray<StagedAttempt> Attempts, DateTimeOffset At) : JobEvent;

    /// <summary>An attempt runs, or lost contact.</summary>
    /// <param name="Attempt">The current attempt of its instance.</param>
    /// <param name="Phase">Running or partitioned.</param>
    /// <param name="At">When.</param>
    public sealed record Seen(AttemptId Attempt, InstancePhase Phase, DateTimeOffset At) : JobEvent
    {
        /// <inheritdoc/>
        public override bool IsDurable => false;
    }

    /// <summary>Attempts ended.</summary>
    /// <param name="Ends">Each of the current attempt of its instance.</param>
    public sealed record Ended(ImmutableArray<EndedAttempt> Ends) : JobEvent;

    /// <summary>Somebody wants instances of a job ended. Waiting ones end at once.</summary>
    /// <param name="Incarnation">The job.</param>
    /// <param name="Instances">Which; none ended.</param>
    /// <param name="At">When.</param>
    public sealed record KillRequested(long Incarnation, ImmutableArray<int> Instances, DateTimeOffset At) : JobEvent;

    /// <summary>Ended jobs that are no longer remembered.</summary>
    /// <param name="Incarnations">Which.</param>
    public sealed record Forgotten(ImmutableArray<long> Incarnations) : JobEvent;
}

/// <summary>One attempt to launch.</summary>
/// <param name="Id">The attempt.</param>
/// <param name="Agent">Where.</param>
/// <param name="Hostname">The agent's host name.</param>
/// <param name="LimitValues">The agent's values of the attributes that the job's limit constraints name.</param>
public sealed record StagedAttempt(
    AttemptId Id, AgentId Agent, string Hostname, ImmutableArray<AttributeValue> LimitValues);

/// <summary>One attempt that ended.</summary>
/// <param name="Id">The attempt.</param>
/// <param name="Outcome">What it does to the instance, by the table.</param>
/// <param name="NotBefore">When the next attempt may start, where there is one.</param>
/// <param name="End">How it ended.</param>
public sealed record EndedAttempt(AttemptId Id, InstanceOutcome Outcome, DateTimeOffset NotBefore, AttemptEnd End);
