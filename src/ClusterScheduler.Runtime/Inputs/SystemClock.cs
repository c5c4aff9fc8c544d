namespace ClusterScheduler.Runtime.Inputs;

/// <summary>
/// The time that actors hand to deciders: that of their system's scheduler, which also runs their timers, so that
/// both stand still or jump together in a test or a simulation; steady when somebody sets the machine's clock.
/// </summary>
public static class SystemClock
{
    /// <summary>Now, in UTC.</summary>
    public static DateTimeOffset UtcNow(this ActorSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        var scheduler = system.Scheduler;
        return SteadyClock.Of(system).Read(scheduler.Now.ToUniversalTime(), scheduler.MonotonicClock);
    }
}
