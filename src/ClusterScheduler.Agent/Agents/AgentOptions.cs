using ClusterScheduler.Runtime.Delivery;
using ClusterScheduler.Runtime.Settings;

namespace ClusterScheduler.Agent.Agents;

/// <summary>What one agent is and how it behaves (HOCON: cluster-scheduler.agent).</summary>
/// <param name="Name">The actor's name, unique on its node.</param>
/// <param name="Info">What it tells the master of its machine.</param>
/// <param name="SharedRoot">Where the directories are that tasks share; one for all agents of a machine.</param>
public sealed record AgentOptions(string Name, AgentInfo Info, string SharedRoot)
{
    /// <summary>Between attempts to register; Mesos: registration_backoff_factor, cap 1 min.</summary>
    public Backoff Register { get; init; } = new(TimeSpan.FromMilliseconds(500), TimeSpan.FromMinutes(1));

    /// <summary>Between repetitions of an update that is not stored; Mesos: 10 s to 10 min.</summary>
    public Backoff Update { get; init; } = new(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1));

    /// <summary>Between attempts to open the agent's directory and to recover.</summary>
    public Backoff Begin { get; init; } = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10));

    /// <summary>Ids of ended tasks that are remembered, so that a repeated launch starts nothing.</summary>
    public int EndedMax { get; init; } = 100_000;

    /// <summary>Ports that a task hears of as PORT0, PORT1 ...; more are only in PORTS.</summary>
    public int NumberedPortsMax { get; init; } = 32;

    /// <summary>Whether and how it lends out what tasks do not use; none: not at all.</summary>
    public OversubscriptionSettings? Oversubscription { get; init; }

    /// <summary>An agent as the settings want it.</summary>
    public static AgentOptions Of(AgentSettings settings, string name, AgentInfo info, string sharedRoot)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new AgentOptions(name, info, sharedRoot)
        {
            Register = new Backoff(settings.RegisterBackoff, settings.RegisterBackoffMax),
            Update = new Backoff(settings.UpdateBackoff, settings.UpdateBackoffMax),
            EndedMax = settings.EndedMax,
            Oversubscription = settings.Oversubscription.IsOn ? settings.Oversubscription : null,
        };
    }
}
