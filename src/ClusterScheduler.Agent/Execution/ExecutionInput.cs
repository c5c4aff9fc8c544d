using System.Collections.Immutable;
using ClusterScheduler.Agent.Keeper;
using ClusterScheduler.Core.Reservations;

namespace ClusterScheduler.Agent.Execution;

/// <summary>What the loop of a <see cref="KeeperExecution"/> takes.</summary>
internal abstract record ExecutionInput
{
    public sealed record Launch(LaunchRequest Request) : ExecutionInput;

    public sealed record Kill(TaskKey Key, TimeSpan? Grace) : ExecutionInput;

    public sealed record Preempt(TaskKey Key, string Role) : ExecutionInput;

    public sealed record Release(TaskKey Key) : ExecutionInput;

    public sealed record DestroyVolumes(ImmutableArray<VolumeName> Names) : ExecutionInput;

    public sealed record KeepVolumes(ImmutableArray<VolumeName> Names) : ExecutionInput;

    public sealed record KillAll(TaskCompletionSource Over) : ExecutionInput;

    public sealed record FromKeeper(KeeperLink Link, KeeperReport Report) : ExecutionInput;

    public sealed record LinkEnded(KeeperLink? Link) : ExecutionInput;

    public sealed record Connect : ExecutionInput;
}
