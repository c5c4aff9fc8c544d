using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Jobs.Life;

/// <summary>What is to be done once the events of a decision are stored.</summary>
public abstract record JobEffect
{
    private JobEffect()
    {
    }

    /// <summary>Launch an attempt from the offers that the round used.</summary>
    /// <param name="Attempt">The attempt.</param>
    public sealed record Launch(StagedAttempt Attempt) : JobEffect;

    /// <summary>Ask for the end of a task; repeated after a restart.</summary>
    /// <param name="TaskId">The task.</param>
    /// <param name="Agent">Where it is; none when nobody knows.</param>
    public sealed record Kill(TaskId TaskId, AgentId? Agent) : JobEffect;

    /// <summary>Tell the sender of a status update that it is safe here.</summary>
    /// <param name="Update">The update.</param>
    public sealed record Acknowledge(StatusUpdate Update) : JobEffect;
}
