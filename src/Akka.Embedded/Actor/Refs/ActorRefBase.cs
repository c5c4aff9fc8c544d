using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>What every reference has in common: telling, and being the same as another by path and uid.</summary>
public abstract class ActorRefBase : IActorRef
{
    public abstract ActorPath Path { get; }

    internal virtual ActorRefBase Parent => Nobody.Instance;

    internal virtual bool IsLocal => true;

    internal virtual bool IsTerminated => false;

    internal virtual ActorSystemImpl? Owner => null;

    public void Tell(object message, IActorRef? sender)
    {
        if (message is null)
            throw new InvalidMessageException($"Null was sent to {this}; a message is an object.");
        TellInternal(message, sender);
    }

    public int CompareTo(IActorRef? other)
    {
        if (other is null)
            return 1;
        var byPath = Path.CompareTo(other.Path);
        return byPath != 0 ? byPath : Path.Uid.CompareTo(other.Path.Uid);
    }

    public int CompareTo(object? obj) => CompareTo(obj as IActorRef);

    public bool Equals(IActorRef? other) =>
        ReferenceEquals(this, other) || (other is not null && Path.Uid == other.Path.Uid && Path.Equals(other.Path));

    public override bool Equals(object? obj) => Equals(obj as IActorRef);

    public override int GetHashCode() => Path.GetHashCode() ^ Path.Uid.GetHashCode();

    public override string ToString() => Path.Uid == 0 ? $"[{Path}]" : $"[{Path}#{Path.Uid}]";

    /// <summary>The engine's own reference behind one that stands in for it, such as a test probe.</summary>
    internal static ActorRefBase Of(IActorRef actor) => actor as ActorRefBase ?? ((IStandIn)actor).Inner;

    internal virtual void SendSystem(SystemMessage message)
    {
    }

    internal virtual void Stop() => SendSystem(new Terminate());

    internal void Suspend() => SendSystem(new Suspend());

    internal void Resume(Exception? causedByFailure) => SendSystem(new Resume(causedByFailure));

    internal void Restart(Exception cause) => SendSystem(new Recreate(cause));

    /// <summary>
    /// Whoever is at the end of <paramref name="elements"/> below this one; <see cref="Nobody"/> if there is none.
    /// </summary>
    internal virtual ActorRefBase GetChild(ReadOnlySpan<string> elements) =>
        elements.IsEmpty ? this : Nobody.Instance;

    internal virtual IReadOnlyList<ActorRefBase> GetChildren() => [];

    protected abstract void TellInternal(object message, IActorRef? sender);
}

/// <summary>A reference that is not the engine's own but has one of them inside.</summary>
internal interface IStandIn
{
    ActorRefBase Inner { get; }
}
