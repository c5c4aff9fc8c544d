namespace Akka.Actor;

/// <summary>One set of handlers of one actor: the first that takes a message gets it.</summary>
internal sealed class ReceiveBehavior
{
    private readonly ReceiveActor _actor;
    private readonly HandlerShape _shape;
    private readonly Handler[] _handlers;

    internal ReceiveBehavior(ReceiveActor actor, HandlerList declared)
    {
        _actor = actor;
        _shape = declared.Shape;
        _handlers = declared.ToArray();
    }

    internal bool Handle(object message)
    {
        foreach (var index in _shape.CandidatesFor(message.GetType()))
        {
            ref readonly var handler = ref _handlers[index];
            if (_shape.Invoker(index).Invoke(handler.Action, handler.Predicate, message))
                return true;
        }

        _actor.LeaveUnhandled(message);
        return true;
    }
}
