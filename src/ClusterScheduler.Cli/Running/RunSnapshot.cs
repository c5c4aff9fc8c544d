using System.Collections.Immutable;
using ClusterScheduler.Core.Jobs.Life;

namespace ClusterScheduler.Cli.Running;

/// <summary>How a run stands at one moment.</summary>
/// <param name="Elapsed">Since the process began.</param>
internal sealed record RunSnapshot(
    TimeSpan Elapsed, ImmutableArray<JobProgress> Jobs, ImmutableArray<AgentProgress> Agents)
{
    public static RunSnapshot Empty { get; } = new(TimeSpan.Zero, [], []);

    /// <summary>Every job has come to its end.</summary>
    public bool Ended => !Jobs.IsEmpty && Jobs.All(job => job.Ended);
}

/// <summary>How one job stands.</summary>
/// <param name="Ended">Nothing of it will run again.</param>
/// <param name="Succeeded">All of its instances finished.</param>
/// <param name="Waiting">Why what has not started has not; empty when nothing waits or nothing is known.</param>
internal sealed record JobProgress(
    string Name, bool Ended, bool Succeeded, string Waiting, ImmutableArray<InstanceProgress> Instances)
{
    public int Count(InstancePhase phase) => Instances.Count(instance => instance.Phase == phase);
}

/// <summary>How one instance stands: its newest attempt.</summary>
/// <param name="Attempt">From 1; 0 before the first.</param>
/// <param name="Host">The agent that it was given to.</param>
/// <param name="End">How its newest ended attempt ended.</param>
internal sealed record InstanceProgress(
    int Number, InstancePhase Phase, string? TaskId, int Attempt, string? Host, AttemptEnd? End);

/// <summary>What an agent has and what of it is used.</summary>
internal sealed record AgentProgress(string Host, decimal CpusUsed, decimal CpusTotal, int Tasks);
