using Akka.Actor;

namespace Akka.Persistence;

/// <summary>Declared handlers of commands or of recovery: the first that takes a message gets it.</summary>
internal sealed class HandlerTable(HandlerList declared)
{
    private readonly HandlerShape _shape = declared.Shape;
    private readonly Handler[] _handlers = declared.ToArray();

    public bool TryHandle(object message)
    {
        foreach (var index in _shape.CandidatesFor(message.GetType()))
        {
            ref readonly var handler = ref _handlers[index];
            if (_shape.Invoker(index).Invoke(handler.Action, handler.Predicate, message))
            {
                return true;
            }
        }

        return false;
    }
}
