using ClusterScheduler.Core.Reservations;

namespace ClusterScheduler.Core.Offers;

/// <summary>How an operation ended (Mesos: OperationState).</summary>
public enum OperationState
{
    /// <summary>It is done, and stored.</summary>
    Finished,

    /// <summary>It breaks a rule; nothing changed.</summary>
    Error,

    /// <summary>The offers were no longer good; nothing changed.</summary>
    Dropped,
}

/// <summary>What became of one operation of an accept (Mesos: OperationStatus).</summary>
/// <param name="OperationId">The author's name of it; empty when none was given.</param>
/// <param name="Kind">What was to be done.</param>
/// <param name="State">How it ended.</param>
/// <param name="Message">Why, unless it finished.</param>
public sealed record OperationStatus(string OperationId, OperationKind Kind, OperationState State, string Message)
{
    /// <summary>The same with its facts, where it breaks a rule.</summary>
    public OperationRefusal? Refusal { get; init; }
}
