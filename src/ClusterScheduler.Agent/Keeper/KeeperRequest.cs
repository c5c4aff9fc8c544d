namespace ClusterScheduler.Agent.Keeper;

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
