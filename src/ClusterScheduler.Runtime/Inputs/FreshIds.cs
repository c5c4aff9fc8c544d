namespace ClusterScheduler.Runtime.Inputs;

/// <summary>
/// Where actors take the ids from that they hand to deciders. Random; a simulation gives its own, so that the same
/// seed leads to the same ids.
/// </summary>
public sealed class FreshIds : IExtension
{
    private Func<Guid> next = Guid.NewGuid;

    /// <summary>The source of this actor system.</summary>
    public static FreshIds Of(ActorSystem system) => system.WithExtension<FreshIds, FreshIdsProvider>();

    /// <summary>An id that no one else has.</summary>
    public Guid Next() => next();

    /// <summary>From now on ids come from here.</summary>
    public void TakeFrom(Func<Guid> source) => next = source;
}

/// <summary>Registers <see cref="FreshIds"/> with an actor system.</summary>
public sealed class FreshIdsProvider : ExtensionIdProvider<FreshIds>
{
    /// <inheritdoc/>
    public override FreshIds CreateExtension(ExtendedActorSystem system) => new();
}
