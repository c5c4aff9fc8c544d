using Akka.Dispatch;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>Reference to an actor of this process.</summary>
internal sealed class LocalActorRef : ActorRefBase
{
    private readonly ActorPath _path;

    internal LocalActorRef(
        ActorSystemImpl system, Props props, MessageDispatcher dispatcher, ActorRefBase parent, ActorPath path)
    {
        _path = path;
        Cell = new ActorCell(system, this, props, dispatcher, parent);
    }

    public override ActorPath Path => _path;

    internal ActorCell Cell { get; }

    internal override ActorRefBase Parent => Cell.ParentRef;

    internal override bool IsTerminated => Cell.IsTerminated;

    internal override ActorSystemImpl Owner => Cell.SystemImpl;

    internal override void SendSystem(SystemMessage message) => Cell.EnqueueSystem(message);

    internal override ActorRefBase GetChild(ReadOnlySpan<string> elements)
    {
        if (elements.IsEmpty)
            return this;
        return elements[0] switch
        {
            "" => GetChild(elements[1..]),
            ".." => Cell.ParentRef.GetChild(elements[1..]),
            var name => Cell.FindChild(name).GetChild(elements[1..]),
        };
    }

    internal override IReadOnlyList<ActorRefBase> GetChildren() => Cell.ChildRefs();

    protected override void TellInternal(object message, IActorRef? sender) => Cell.Enqueue(message, sender);
}
