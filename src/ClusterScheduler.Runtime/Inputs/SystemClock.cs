namespace ClusterScheduler.Runtime.Inputs;

/// <summary>
/// The time that actors hand to deciders: that of their system's scheduler, which also runs their timers, so that
/// both stand still or jump together in a test or a simulation.
/// </summary>
public static class SystemClock
{
    /// <summary>Now, in UTC.</summary>
    public static DateTimeOffset UtcNow(this ActorSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        return system.Scheduler.Now.ToUniversalTime();
    }
}
