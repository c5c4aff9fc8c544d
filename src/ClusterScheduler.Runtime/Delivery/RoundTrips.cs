namespace ClusterScheduler.Runtime.Delivery;

/// <summary>
/// How long answers take in this process, by the answers that came: what is sent again follows it (RFC 6298), so that a
/// control plane that is behind is not made to do everything twice. Shared by many actors; a sample that is lost where
/// two of them meet does not matter.
/// </summary>
public sealed class RoundTrips : IExtension
{
    private long smoothed;
    private long deviation;

    /// <summary>Those of this actor system.</summary>
    public static RoundTrips Of(ActorSystem system) => system.WithExtension<RoundTrips, RoundTripsProvider>();

    /// <summary>After which time without an answer something counts as lost; zero before the first sample.</summary>
    public TimeSpan Timeout => new(Volatile.Read(ref smoothed) + (4 * Volatile.Read(ref deviation)));

    /// <summary>Begins anew: what was measured says nothing about what comes.</summary>
    public void Forget()
    {
        Volatile.Write(ref smoothed, 0);
        Volatile.Write(ref deviation, 0);
    }

    /// <summary>An answer came.</summary>
    /// <param name="taken">Since what it answers was sent; not of what was sent more than once, whose answer may be
    /// the first one's (Karn's rule). Not negative.</param>
    public void Note(TimeSpan taken)
    {
        var before = Volatile.Read(ref smoothed);
        if (before == 0)
        {
            Volatile.Write(ref deviation, taken.Ticks / 2);
            Volatile.Write(ref smoothed, taken.Ticks);
            return;
        }

        var off = taken.Ticks - before;
        var deviated = Volatile.Read(ref deviation);
        Volatile.Write(ref deviation, deviated + ((Math.Abs(off) - deviated) / 4));
        Volatile.Write(ref smoothed, before + (off / 8));
    }
}

/// <summary>Registers <see cref="RoundTrips"/> with an actor system.</summary>
public sealed class RoundTripsProvider : ExtensionIdProvider<RoundTrips>
{
    /// <inheritdoc/>
    public override RoundTrips CreateExtension(ExtendedActorSystem system) => new();
}
