using Akka.Actor.Internal;

namespace Akka.Actor;

/// <summary>Children: made here, found from any thread, stopped here.</summary>
internal sealed partial class ActorCell
{
    private Children? _children;

    public IActorRef ActorOf(Props props, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(props);
        if (name is not null)
            CheckName(name);
        return AttachChild(props, name ?? _system.NextName());
    }

    public IActorRef Child(string name) => FindChild(name);

    public IEnumerable<IActorRef> GetChildren() => ChildRefs();

    public void Stop(IActorRef child)
    {
        var stopped = ActorRefBase.Of(child);
        Volatile.Read(ref _children)?.MarkDying(stopped);
        stopped.Stop();
    }

    internal ActorRefBase FindChild(string name)
    {
        var (element, uid) = PathSyntax.SplitNameAndUid(name);
        if (Volatile.Read(ref _children)?.Find(element) is { } child && (uid == 0 || uid == child.Path.Uid))
            return child;
        return Nobody.Instance;
    }

    internal IReadOnlyList<ActorRefBase> ChildRefs() => Volatile.Read(ref _children)?.Snapshot() ?? [];

    /// <summary>For names that begin with '$', which only the engine gives.</summary>
    internal LocalActorRef AttachChild(Props props, string name)
    {
        var dispatcher = _system.DispatcherFor(props, _self.Path, name);
        var children = EnsureChildren();
        children.Reserve(name, _self);
        try
        {
            var path = new ChildActorPath(_self.Path, name, _system.NextUid());
            var child = new LocalActorRef(_system, props, dispatcher, _self, path);
            children.Add(name, child);
            child.Cell.Start();
            return child;
        }
        catch
        {
            children.Release(name);
            throw;
        }
    }

    internal void Start() => EnqueueSystem(new Dispatch.SysMsg.Create());

    private static void CheckName(string name)
    {
        if (name.Length == 0)
            throw new InvalidActorNameException("An actor's name must not be empty; leave it out to have one made.");
        if (!PathSyntax.IsValidName(name))
            throw new InvalidActorNameException(
                $"'{name}' is not an actor's name: letters, digits and {ActorPath.ValidSymbols}, not beginning "
                + "with '$'; anything else as %XX.");
    }

    private Children EnsureChildren()
    {
        if (Volatile.Read(ref _children) is { } children)
            return children;
        var fresh = new Children();
        return Interlocked.CompareExchange(ref _children, fresh, null) ?? fresh;
    }

    private void SuspendChildren(ActorRefBase? except = null)
    {
        foreach (var child in ChildRefs())
        {
            if (!child.Equals(except))
                child.Suspend();
        }
    }

    private void ResumeChildren(Exception? cause, ActorRefBase? perpetrator)
    {
        foreach (var child in ChildRefs())
            child.Resume(child.Equals(perpetrator) ? cause : null);
    }

    private void StopChildren()
    {
        foreach (var child in ChildRefs())
            Stop(child);
    }
}
