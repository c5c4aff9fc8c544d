using System.Collections.Immutable;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Offers;

/// <summary>What became of one accept: kept by the master until the framework has stored it.</summary>
/// <param name="Verdicts">One a launch, in the order asked for.</param>
/// <param name="Grant">Where the granted ones go; none when none was granted.</param>
public sealed record AcceptAnswer(long AcceptId, ImmutableArray<LaunchVerdict> Verdicts, LaunchGrant? Grant)
{
    /// <summary>One an operation, in the order asked for.</summary>
    public ImmutableArray<OperationStatus> Operations { get; init; } = [];

    /// <summary>Of a transaction over several agents: where its other tasks go.</summary>
    public ImmutableArray<LaunchGrant> Further { get; init; } = [];

    /// <summary>Why a transaction was refused; none for one that was granted, and for accepts.</summary>
    public TransactionRefusal? Refusal { get; init; }
}

/// <summary>What became of one launch.</summary>
/// <param name="State">When not granted, the state to report: dropped, or error.</param>
public readonly record struct LaunchVerdict(
    TaskId TaskId, bool Granted, TaskState State, StatusReason Reason, string Message);

/// <summary>Resources that go back to the allocator.</summary>
/// <param name="RefuseFor">The framework does not want them again for this long; none: no filter.</param>
public readonly record struct Returned(
    FrameworkId FrameworkId, string Role, AgentId AgentId, ResourceSet Resources, TimeSpan? RefuseFor);

/// <summary>Resources that a task uses.</summary>
/// <param name="Session">The agent's session in which they were given.</param>
/// <param name="Since">When they were given, or first reported.</param>
/// <param name="Confirmed">The agent, or the task's entity, said that the task exists.</param>
public sealed record TaskAllocation(
    FrameworkId FrameworkId,
    TaskId TaskId,
    string Role,
    ResourceSet Resources,
    AgentSession Session,
    DateTimeOffset Since,
    bool Confirmed)
{
    /// <summary>Of tasks that have to be ended for others, lower ones go first.</summary>
    public int Priority { get; init; }

    /// <summary>Its agent reported that it is being killed.</summary>
    public bool IsEnding { get; init; }
}
