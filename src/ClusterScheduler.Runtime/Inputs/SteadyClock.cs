namespace ClusterScheduler.Runtime.Inputs;

/// <summary>
/// A wall clock to measure time with. Set forward it follows. Set back it does not: it goes on at half its speed until
/// the wall clock has caught up, so that pings, filters and timeouts take twice their time for a while, and none
/// of them stops for as long as the clock was set back.
/// </summary>
public sealed class SteadyClock : IExtension
{
    private readonly Lock reading = new();
    private DateTimeOffset last;
    private TimeSpan lastMonotonic = TimeSpan.MaxValue;

    /// <summary>The clock of this actor system.</summary>
    public static SteadyClock Of(ActorSystem system) => system.WithExtension<SteadyClock, SteadyClockProvider>();

    /// <summary>What time it is.</summary>
    /// <param name="wall">By the machine's clock, which anybody may set.</param>
    /// <param name="monotonic">Since some moment; one that is earlier than the last begins anew, as a simulation does.
    /// </param>
    public DateTimeOffset Read(DateTimeOffset wall, TimeSpan monotonic)
    {
        lock (reading)
        {
            var goesOn = monotonic >= lastMonotonic;
            var slow = goesOn ? last + (monotonic - lastMonotonic) / 2 : wall;
            (last, lastMonotonic) = (wall > slow ? wall : slow, monotonic);
            return last;
        }
    }
}

/// <summary>Registers <see cref="SteadyClock"/> with an actor system.</summary>
public sealed class SteadyClockProvider : ExtensionIdProvider<SteadyClock>
{
    /// <inheritdoc/>
    public override SteadyClock CreateExtension(ExtendedActorSystem system) => new();
}
