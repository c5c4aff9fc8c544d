using ClusterScheduler.Core.Execution;

namespace ClusterScheduler.Agent.Keeper;

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
