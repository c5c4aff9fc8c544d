namespace Akka.Actor;

/// <summary>The reference that stands for "there is no such actor".</summary>
public sealed class Nobody : MinimalActorRef
{
    private static readonly ActorPath NobodyPath =
        new RootActorPath(new Address("akka", "all-systems"), "/Nobody").Child("Nobody");

    private Nobody()
    {
    }

    public static Nobody Instance { get; } = new();

    public override ActorPath Path => NobodyPath;
}

public static class ActorRefs
{
    public static readonly Nobody Nobody = Nobody.Instance;

    public static readonly IActorRef NoSender = null!;
}
