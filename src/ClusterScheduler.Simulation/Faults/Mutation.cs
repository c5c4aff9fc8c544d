namespace ClusterScheduler.Simulation.Faults;

/// <summary>
/// What the simulated hosts do wrong on purpose. The product has no such switches: the hosts take away something that
/// it relies on, and a checker must find out.
/// </summary>
public enum Mutation
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The store says "stored" before it is so.</summary>
    AnswersBeforeStoring,

    /// <summary>The store takes a second event under the same number: two masters write side by side.</summary>
    StoreWithoutFencing,

    /// <summary>Messages of an old master arrive with the newest epoch on them.</summary>
    EpochsRewritten,

    /// <summary>The store loses the tombstone of a task that was asked about and never heard of.</summary>
    TombstonesLost,

    /// <summary>An agent that starts again finds no record of what its keeper runs.</summary>
    AgentForgetsTasks,

    /// <summary>An agent starts what is recorded as not started once more when it is back.</summary>
    KeeperStartsForbidden,

    /// <summary>What tasks used is not given back to the master, not even when it asks.</summary>
    ReleasesLost,
}
