namespace Akka.Actor.Internal;

/// <summary>Death watch of one cell; made when it is first needed.</summary>
internal sealed class DeathWatch
{
    /// <summary>Watched actors, each with the message to give in place of Terminated, if one was asked for.</summary>
    internal Dictionary<ActorRefBase, object?> Watching { get; } = [];

    internal HashSet<ActorRefBase> WatchedBy { get; } = [];

    /// <summary>Those whose Terminated lies in the mailbox.</summary>
    internal Dictionary<ActorRefBase, object?> Announced { get; } = [];
}
