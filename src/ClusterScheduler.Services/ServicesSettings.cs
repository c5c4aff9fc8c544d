namespace ClusterScheduler.Services;

/// <summary>How the service scheduler presents itself and how patient it is.</summary>
public sealed record ServicesSettings
{
    /// <summary>Names its journal; one service scheduler of a cluster has it.</summary>
    public string PersistenceId { get; init; } = "services";

    /// <summary>Its id among the frameworks, for ever.</summary>
    public FrameworkId FrameworkId { get; init; } = new("services");

    /// <summary>What it says of itself. The failover timeout is long: tasks outlive a control plane that is
    /// down.</summary>
    public FrameworkInfo Info { get; init; } = new("services", "services", ["*"]);

    /// <summary>The figures that decisions go by.</summary>
    public JobPolicy Policy { get; init; } = new();

    /// <summary>How long offers must have stopped coming before a policy that looks at all agents decides.</summary>
    public TimeSpan GatherQuiet { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest time from the first offer to that decision.</summary>
    public TimeSpan GatherMax { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long offers that nothing waiting fits are refused; whatever is submitted later lifts
    /// it.</summary>
    public TimeSpan RefuseUnfitting { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>While tasks wait and no offer is there, offers are asked for again this often.</summary>
    public TimeSpan ReviveInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often time is looked at: partitioned tasks, revivals.</summary>
    public TimeSpan TickInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Watchers hear of changes at most this often, ends of jobs apart.</summary>
    public TimeSpan NotifyInterval { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Watchers at once.</summary>
    public int WatchersMax { get; init; } = 1_000;

    /// <summary>Kinds of waiting tasks that are looked at after a round that placed nothing, for whether any agent can
    /// ever hold them.</summary>
    public int ShapesNoticedMax { get; init; } = 20;

    /// <summary>Waiting jobs of each kind of which this is then said.</summary>
    public int UnfittingNoticedMax { get; init; } = 100;

    /// <summary>Stored events between two snapshots.</summary>
    public int EventsPerSnapshot { get; init; } = 5_000;

    /// <summary>Tasks asked about in one message when the scheduler comes back (Aurora: 1,000).</summary>
    public int ReconcileBatch { get; init; } = 1_000;

    /// <summary>Placements that are remembered for explaining them.</summary>
    public int PlacementsRemembered { get; init; } = 100;
}
