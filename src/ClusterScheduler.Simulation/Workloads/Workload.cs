using ClusterScheduler.Simulation.Worlds;

namespace ClusterScheduler.Simulation.Workloads;

/// <summary>
/// What one framework wants and has seen, kept as its author would keep it: outside the process that may be killed.
/// </summary>
internal sealed class Workload(World world, FrameworkId id, ImmutableArray<string> roles)
{
    private int tasks;

    public World World { get; } = world;

    public SeededRandom Random { get; } = world.Random.Fork();

    public FrameworkId Id { get; } = id;

    public ImmutableArray<string> Roles { get; } = roles;

    /// <summary>No more tasks; those there are get killed.</summary>
    public bool IsClosing { get; set; }

    /// <summary>Takes whatever is offered and does nothing with it.</summary>
    public bool Collects { get; init; }

    /// <summary>Its tasks that were launched and whose end it has not seen.</summary>
    public SortedSet<TaskId> Open { get; } = [];

    /// <summary>What it is offered at the moment.</summary>
    public SortedDictionary<OfferId, Offer> Offered { get; } = [];

    public int Launched => tasks;

    public TaskId NextTask() => new(FormattableString.Invariant($"{Id}-{++tasks}"));
}
