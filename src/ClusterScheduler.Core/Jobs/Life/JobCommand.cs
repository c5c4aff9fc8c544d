using System.Collections.Immutable;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Jobs.Life;

/// <summary>What the service scheduler can be asked to decide.</summary>
public abstract record JobCommand
{
    private JobCommand()
    {
    }

    /// <summary>Take on the jobs of a file.</summary>
    /// <param name="File">Its agents are ignored: this cluster runs already.</param>
    public sealed record Submit(JobFile File) : JobCommand;

    /// <summary>End instances of the latest job of a key.</summary>
    /// <param name="Key">The job.</param>
    /// <param name="Instances">Which; empty: all that have not ended.</param>
    public sealed record Kill(JobKey Key, ImmutableArray<int> Instances) : JobCommand;

    /// <summary>The scheduler is connected, for the first time or again.</summary>
    public sealed record Connect : JobCommand;

    /// <summary>Launch attempts that a round placed.</summary>
    /// <param name="Attempts">Of pending instances, each once.</param>
    public sealed record Stage(ImmutableArray<StagedAttempt> Attempts) : JobCommand;

    /// <summary>Take in status updates.</summary>
    /// <param name="Updates">In the order in which they came.</param>
    public sealed record Record(ImmutableArray<StatusUpdate> Updates) : JobCommand;

    /// <summary>End what runs on an agent that goes away; it is launched elsewhere, as after a loss.</summary>
    /// <param name="Agent">The agent.</param>
    public sealed record Leave(AgentId Agent) : JobCommand;

    /// <summary>Time has passed: give up on agents that did not come back.</summary>
    public sealed record Tick : JobCommand;
}
