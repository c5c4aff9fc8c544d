namespace Akka.Persistence;

/// <summary>A handler that waits for its event to be stored.</summary>
internal abstract class PendingInvocation(bool stashesCommands)
{
    /// <summary>Persist: commands wait until this handler has run. PersistAsync: they do not.</summary>
    public bool StashesCommands { get; } = stashesCommands;

    public abstract void Run(object @event);
}

internal sealed class PendingInvocation<TEvent>(Action<TEvent> handler, bool stashesCommands)
    : PendingInvocation(stashesCommands)
{
    public override void Run(object @event) => handler((TEvent)@event);
}
