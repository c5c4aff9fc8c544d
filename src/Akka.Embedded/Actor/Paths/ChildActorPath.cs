namespace Akka.Actor;

public sealed class ChildActorPath : ActorPath
{
    public ChildActorPath(ActorPath parentPath, string name, long uid)
        : base(parentPath, name, uid)
    {
    }

    private protected override ActorPath Reincarnate(long uid) => new ChildActorPath(Parent, Name, uid);
}
