using ClusterScheduler.Agent.Keeper;

namespace ClusterScheduler.Agent.Execution;

/// <summary>A task as the agent's execution knows it.</summary>
/// <param name="key">Which.</param>
/// <param name="folder">What is on disk of it.</param>
/// <param name="processes">How many processes its plan has.</param>
/// <param name="takenIn">The boot in which it was taken.</param>
internal sealed class HeldTask(TaskKey key, TaskFolder folder, int processes, string takenIn)
{
    public TaskKey Key { get; } = key;

    public TaskFolder Folder { get; } = folder;

    public int Processes { get; } = processes;

    public string TakenIn { get; } = takenIn;

    /// <summary>What the keeper is told; none for a task that an earlier agent took.</summary>
    public LaunchOrder? Order { get; init; }

    /// <summary>The keeper that is there now was told of it, or told us of it.</summary>
    public bool IsHeld { get; set; }

    /// <summary>A kill that a new keeper would have to hear too.</summary>
    public KeeperRequest.Kill? Kill { get; set; }

    /// <summary>The role that this agent ends it for, empty for pressure; null: for no other.</summary>
    public string? PreemptedFor { get; set; }

    /// <summary>Its start, as it was reported.</summary>
    public ExecutionReport.Started? Started { get; set; }

    /// <summary>Its end, as it was reported.</summary>
    public ExecutionReport.Ended? Ended { get; set; }
}
