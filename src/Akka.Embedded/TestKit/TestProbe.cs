using Akka.Actor;

namespace Akka.TestKit;

/// <summary>A further test actor of a test; can be used as the reference to it.</summary>
public class TestProbe : TestKitBase, IActorRef, INoImplicitSender, IStandIn
{
    public TestProbe(ActorSystem system, ITestKitAssertions assertions, string? testProbeName = null)
        : base(assertions, system, testProbeName)
    {
    }

    public IActorRef Ref => TestActor;

    /// <summary>Who sent the last message that was looked at.</summary>
    public IActorRef Sender => LastSender;

    ActorPath IActorRef.Path => TestActor.Path;

    ActorRefBase IStandIn.Inner => (ActorRefBase)TestActor;

    public void Send(IActorRef actor, object message) => actor.Tell(message, TestActor);

    public void Reply(object message) => Sender.Tell(message, TestActor);

    /// <summary>Passes the last message on with its original sender.</summary>
    public void Forward(IActorRef actor) => Forward(actor, LastMessage);

    public void Forward(IActorRef actor, object message) => actor.Tell(message, Sender);

    void ICanTell.Tell(object message, IActorRef? sender) => TestActor.Tell(message, sender);

    bool IEquatable<IActorRef>.Equals(IActorRef? other) => TestActor.Equals(other);

    int IComparable<IActorRef>.CompareTo(IActorRef? other) => TestActor.CompareTo(other);

    public int CompareTo(object? obj) => TestActor.CompareTo(obj);

    public override bool Equals(object? obj) => TestActor.Equals(obj);

    public override int GetHashCode() => TestActor.GetHashCode();

    public override string ToString() => TestActor.ToString()!;
}
