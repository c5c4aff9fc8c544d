using System.Collections.Immutable;

namespace ClusterScheduler.Core.Decisions;

/// <summary>
/// What an entity decided about one command: facts to store, effects to act out once they are stored, and the
/// answer. Deciding changes nothing; only applying a stored event does (architecture.md, section 3).
/// </summary>
/// <param name="Events">Stored in this order, all or none, before anything else happens.</param>
/// <param name="Effects">Acted out in this order, after the events were stored and applied.</param>
/// <param name="Answer">Told to whoever asked, last; none where nobody waits.</param>
/// <typeparam name="TEvent">The entity's closed family of events.</typeparam>
/// <typeparam name="TEffect">The entity's closed family of effects.</typeparam>
public readonly record struct Decision<TEvent, TEffect>(
    ImmutableArray<TEvent> Events,
    ImmutableArray<TEffect> Effects,
    object? Answer)
{
    /// <summary>Nothing to store, nothing to do, nothing to say: the command was stale or repeated.</summary>
    public static Decision<TEvent, TEffect> Ignored => new([], [], null);

    /// <summary>Nothing changes and the one who asked is told why, or what is already so.</summary>
    public static Decision<TEvent, TEffect> Answered(object answer) => new([], [], answer);

    /// <summary>Effects without a fact to store: they can be lost and done again.</summary>
    public static Decision<TEvent, TEffect> Acting(params ImmutableArray<TEffect> effects) => new([], effects, null);

    /// <summary>Facts to store, then effects.</summary>
    public static Decision<TEvent, TEffect> Storing(TEvent @event, params ImmutableArray<TEffect> effects) =>
        new([@event], effects, null);

    /// <summary>The same decision with an answer.</summary>
    public Decision<TEvent, TEffect> With(object answer) => this with { Answer = answer };
}
