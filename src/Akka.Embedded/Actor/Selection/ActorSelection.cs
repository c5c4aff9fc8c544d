namespace Akka.Actor;

/// <summary>Actors by path: where to begin and which steps to take from there, each time a message is sent.</summary>
public class ActorSelection : ICanTell
{
    public ActorSelection()
    {
        Anchor = ActorRefs.Nobody;
        Path = [];
    }

    public ActorSelection(IActorRef anchor, SelectionPathElement[] path)
    {
        Anchor = anchor;
        Path = path;
    }

    public ActorSelection(IActorRef anchor, string path)
        : this(anchor, path is "" ? [] : path.Split('/'))
    {
    }

    public ActorSelection(IActorRef anchor, IEnumerable<string> elements)
        : this(anchor, SelectionFactory.Steps(elements))
    {
    }

    public IActorRef Anchor { get; }

    public SelectionPathElement[] Path { get; }

    public string PathString => "/" + string.Join('/', Path.AsEnumerable());

    public void Tell(object message, IActorRef? sender = null)
    {
        ArgumentNullException.ThrowIfNull(message);
        SelectionDelivery.Deliver(
            ActorRefBase.Of(Anchor), sender ?? ActorCell.Current?.Self,
            new ActorSelectionMessage(message, Path, HasWildcard()));
    }

    public Task<IActorRef> ResolveOne(TimeSpan timeout) => ResolveOne(timeout, CancellationToken.None);

    /// <summary>The actor that answers first; <see cref="ActorNotFoundException"/> when nobody does.</summary>
    public async Task<IActorRef> ResolveOne(TimeSpan timeout, CancellationToken ct)
    {
        try
        {
            var identity = await this.Ask<ActorIdentity>(new Identify(null), timeout, ct);
            return identity.Subject ?? throw new ActorNotFoundException($"There is no actor at {this}.");
        }
        catch (AskTimeoutException timedOut)
        {
            throw new ActorNotFoundException($"No actor at {this} answered within {timeout}.", timedOut);
        }
    }

    public override bool Equals(object? obj) => obj is ActorSelection other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Anchor, Path.Length);

    public override string ToString() => $"ActorSelection[Anchor({Anchor.Path}), Path({PathString})]";

    protected bool Equals(ActorSelection other) => Equals(Anchor, other.Anchor) && Path.SequenceEqual(other.Path);

    private bool HasWildcard() => Array.Exists(Path, step => step is SelectChildPattern or SelectChildRecursive);
}
