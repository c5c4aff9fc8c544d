using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Decisions;
using ClusterScheduler.Core.Frameworks;

namespace ClusterScheduler.Core.Tasks;

/// <summary>What is stored of a task: at most three in an ordinary life.</summary>
public abstract record TaskEvent(DateTimeOffset At) : IStoredEvent
{
    /// <summary>It was given to an agent; nothing has run yet.</summary>
    public sealed record Staged(
        FrameworkId FrameworkId, TaskInfo Task, string Role, AgentId AgentId, AgentSession Session, DateTimeOffset At)
        : TaskEvent(At);

    /// <summary>Its id was asked about before it was staged; nothing will start under it.</summary>
    public sealed record Forbidden(DateTimeOffset At) : TaskEvent(At);

    /// <summary>Its state was reported, or concluded.</summary>
    public sealed record Updated(StatusUpdate Update, DateTimeOffset At) : TaskEvent(At);

    /// <summary>Somebody wants it to end.</summary>
    public sealed record KillRequested(TimeSpan? Grace, DateTimeOffset At) : TaskEvent(At)
    {
        /// <inheritdoc cref="KillOrder.PreemptedFor"/>
        public string PreemptedFor { get; init; } = "";
    }
}
