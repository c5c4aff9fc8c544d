using System.Collections.Immutable;
using ClusterScheduler.Core.Execution;

namespace ClusterScheduler.Agent.Keeper;

/// <summary>All that a keeper needs to run one task.</summary>
/// <param name="Key">Names the task between agent and keeper.</param>
/// <param name="Plan">What it runs.</param>
/// <param name="Environment">NAME=VALUE, complete.</param>
/// <param name="Sandbox">Its directory, made by the agent.</param>
/// <param name="Record">Path of its run log, which must not exist.</param>
/// <param name="LogBytesMax">When stdout or stderr grows beyond it, it is rotated; 0: never.</param>
/// <param name="LogBackups">How many rotated files are kept.</param>
internal sealed record LaunchOrder(
    string Key,
    TaskPlan Plan,
    ImmutableArray<string> Environment,
    string Sandbox,
    string Record,
    long LogBytesMax,
    int LogBackups);

/// <summary>What an agent says to its keeper. Repeating any of them changes nothing.</summary>
internal abstract record KeeperRequest
{
    /// <summary>First on every connection. A keeper that does not speak the version closes the connection.</summary>
    public sealed record Hello(int Version) : KeeperRequest;

    /// <summary>Run it, unless it is known already; answered by <see cref="KeeperReport.Started"/>,
    /// <see cref="KeeperReport.Ended"/> or <see cref="KeeperReport.NotTaken"/>.</summary>
    public sealed record Launch(LaunchOrder Order) : KeeperRequest;

    /// <summary>SIGTERM, then SIGKILL after the grace; none: the plan's.</summary>
    public sealed record Kill(string Key, TimeSpan? Grace) : KeeperRequest;

    /// <summary>Its end is known wherever it must be: forget it.</summary>
    public sealed record Release(string Key) : KeeperRequest;

    /// <summary>Kill every task with its own grace, then end.</summary>
    public sealed record Shutdown : KeeperRequest;
}

/// <summary>What a keeper says to its agent.</summary>
internal abstract record KeeperReport
{
    /// <summary>The answer to Hello.</summary>
    public sealed record Welcome(int Version, ProcessIdentity Keeper) : KeeperReport;

    /// <summary>A process of the task runs. Said once for each task, and again after Hello.</summary>
    public sealed record Started(string Key, ProcessIdentity Process, DateTimeOffset At) : KeeperReport;

    /// <summary>The task is over and nothing of it is left. Said again after Hello until it is released.</summary>
    public sealed record Ended(string Key, TaskResult Result, DateTimeOffset At) : KeeperReport;

    /// <summary>It was not started, and will not be: its record exists already or cannot be made.</summary>
    public sealed record NotTaken(string Key, SpawnError Error) : KeeperReport;

    /// <summary>Held, though nothing of it runs yet or any more. Said after Hello.</summary>
    public sealed record Held(string Key) : KeeperReport;

    /// <summary>All that is held has been said; what follows is news.</summary>
    public sealed record AllSaid : KeeperReport;
}
