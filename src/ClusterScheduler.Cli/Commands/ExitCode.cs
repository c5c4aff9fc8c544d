namespace ClusterScheduler.Cli.Commands;

/// <summary>What csched returns to the shell.</summary>
internal static class ExitCode
{
    /// <summary>Done; of a run: every task finished.</summary>
    public const int Done = 0;

    /// <summary>A task failed, or what was asked for could not be done.</summary>
    public const int Failed = 1;

    /// <summary>The command line, the job file or the settings are wrong.</summary>
    public const int WrongInput = 2;

    /// <summary>The address to listen on is taken, or not of this machine.</summary>
    public const int AddressTaken = 10;

    /// <summary>Another process uses the data directory, or it cannot be used.</summary>
    public const int DirectoryTaken = 11;

    /// <summary>The data directory is that of another cluster.</summary>
    public const int OtherClustersDirectory = 12;

    /// <summary>The store cannot be reached, or is none.</summary>
    public const int StoreUnreachable = 13;

    /// <summary>The store refuses the user or the password.</summary>
    public const int StoreDenied = 14;

    /// <summary>The store was written by a newer program.</summary>
    public const int StoreNewer = 15;

    /// <summary>The store's server is too old.</summary>
    public const int StoreTooOld = 16;

    /// <summary>The store belongs to a cluster of another name.</summary>
    public const int OtherClustersStore = 17;

    /// <summary>No seed took the node in within the time for joining.</summary>
    public const int SeedsSilent = 20;

    /// <summary>The node and a seed do not have the same shared secret.</summary>
    public const int WrongSecret = 21;

    /// <summary>The seeds belong to a cluster of another name.</summary>
    public const int OtherCluster = 22;

    /// <summary>The seeds speak another version of the protocol.</summary>
    public const int OtherProtocol = 23;

    /// <summary>The clock is too far off.</summary>
    public const int ClockOff = 24;

    /// <summary>Another agent, which is alive, has this agent's id.</summary>
    public const int AgentIdTaken = 25;

    /// <summary>The master does not admit the agent.</summary>
    public const int AgentRefused = 26;

    /// <summary>Interrupted by the user (128 + SIGINT).</summary>
    public const int Interrupted = 130;

    /// <summary>Those of <c>csched node</c>, with their meaning in few words.</summary>
    public static IReadOnlyList<(int Code, string Meaning)> OfNode { get; } =
    [
        (Done, "it left the cluster and stopped, as it was told to"),
        (Failed, "something else, which the message says"),
        (WrongInput, "the command line or the settings are wrong"),
        (AddressTaken, "the address to listen on is taken, or not of this machine"),
        (DirectoryTaken, "another process uses the data directory, or it cannot be used"),
        (OtherClustersDirectory, "the data directory is that of another cluster"),
        (StoreUnreachable, "the store cannot be reached"),
        (StoreDenied, "the store refuses the user or the password"),
        (StoreNewer, "the store was written by a newer program"),
        (StoreTooOld, "the store's server is too old"),
        (OtherClustersStore, "the store belongs to a cluster of another name"),
        (SeedsSilent, "no seed took the node in"),
        (WrongSecret, "the shared secret is not that of the cluster"),
        (OtherCluster, "the seeds belong to a cluster of another name"),
        (OtherProtocol, "the cluster speaks another version of the protocol"),
        (ClockOff, "the clock is too far off"),
        (AgentIdTaken, "an agent that is alive has the same id"),
        (AgentRefused, "the master does not admit the agent"),
    ];
}
