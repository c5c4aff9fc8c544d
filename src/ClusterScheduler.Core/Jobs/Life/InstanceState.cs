using System.Collections.Immutable;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Jobs.Life;

/// <summary>One instance of a job that has been launched or ended; one that never was has no such state at all, which
/// is why waiting tasks cost nothing.</summary>
/// <param name="Phase">Where it is.</param>
/// <param name="Attempt">Number of the latest attempt, from 0; -1 when there was none.</param>
public sealed record InstanceState(InstancePhase Phase, int Attempt)
{
    /// <summary>How many ended attempts are kept for people.</summary>
    public const int HistoryMax = 5;

    /// <summary>An instance that was never touched.</summary>
    public static InstanceState Fresh { get; } = new(InstancePhase.Pending, -1);

    /// <summary>Attempts that failed.</summary>
    public int Failures { get; init; }

    /// <summary>Attempts lost one after the other, for the growing pause between them.</summary>
    public int LossesInARow { get; init; }

    /// <summary>Not launched before this; meaningful while pending.</summary>
    public DateTimeOffset NotBefore { get; init; }

    /// <summary>When the phase was entered.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>The agent of the latest attempt; none before the first.</summary>
    public AgentId? Agent { get; init; }

    /// <summary>The host name of that agent.</summary>
    public string Hostname { get; init; } = "";

    /// <summary>That agent's values of the attributes that the job's limit constraints name.</summary>
    public ImmutableArray<AttributeValue> LimitValues { get; init; } = [];

    /// <summary>Ended attempts, oldest first, the last few.</summary>
    public ImmutableArray<AttemptEnd> History { get; init; } = [];
}

/// <summary>How one attempt ended.</summary>
/// <param name="TaskId">The attempt.</param>
/// <param name="Hostname">Where it ran.</param>
/// <param name="State">The state that was reported.</param>
/// <param name="Reason">Why.</param>
/// <param name="Message">For people.</param>
/// <param name="Evidence">What the agent kept.</param>
/// <param name="At">When it was reported.</param>
public sealed record AttemptEnd(
    TaskId TaskId,
    string Hostname,
    TaskState State,
    StatusReason Reason,
    string Message,
    TaskEvidence? Evidence,
    DateTimeOffset At);
