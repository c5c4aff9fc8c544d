using Akka.Actor;
using Akka.Cluster.Sharding;

namespace Akka.Contract.Tests.Sharding;

/// <summary>Something said to an entity, and what entities answer.</summary>
internal sealed record To(string Entity, object Message);

internal sealed record Said(string Entity, string Path, object Message);

internal sealed record RestNow : INoSerializationVerificationNeeded
{
    internal static readonly RestNow Instance = new();
}

internal sealed record StopNow : INoSerializationVerificationNeeded
{
    internal static readonly StopNow Instance = new();
}

/// <summary>The entity is named in the message; ten shards.</summary>
internal sealed class ToExtractor() : HashCodeMessageExtractor(10)
{
    public override string EntityId(object message) => (message as To)?.Entity!;

    public override object EntityMessage(object message) => ((To)message).Message;
}

/// <summary>Answers everything with its name and path, and tells a watcher of its beginning and end.</summary>
internal sealed class Entity : ReceiveActor
{
    private readonly string _id;
    private readonly IActorRef _watcher;

    public Entity(string id, IActorRef watcher)
    {
        _id = id;
        _watcher = watcher;
        Receive<string>(text => text == "rest", _ => Context.Parent.Tell(new Passivate(StopNow.Instance)));
        Receive<string>(text => text == "stop", _ => Context.Stop(Self));
        Receive<string>(text => text == "fail", _ => throw new InvalidOperationException("asked to fail"));
        Receive<StopNow>(_ => Context.Stop(Self));
        ReceiveAny(message => Sender.Tell(new Said(_id, Self.Path.ToStringWithoutAddress(), message)));
    }

    protected override void PreStart() => _watcher.Tell("started " + _id);

    protected override void PostStop() => _watcher.Tell("stopped " + _id);
}
