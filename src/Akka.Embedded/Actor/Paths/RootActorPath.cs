namespace Akka.Actor;

public sealed class RootActorPath : ActorPath
{
    public RootActorPath(Address address, string name = "")
        : base(address, name)
    {
    }

    private protected override ActorPath Reincarnate(long uid) => uid == 0
        ? this
        : throw new NotSupportedException("The root of a system has no incarnations: its uid is 0.");
}
