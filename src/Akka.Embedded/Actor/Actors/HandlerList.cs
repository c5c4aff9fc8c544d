namespace Akka.Actor;

/// <summary>Handlers as they are declared.</summary>
internal sealed class HandlerList
{
    private readonly List<Handler> _handlers = new(4);
    private bool _takesAll;

    internal HandlerShape Shape { get; private set; } = HandlerShape.Empty;

    internal void Add(HandlerInvoker invoker, Delegate handler, Delegate? predicate)
    {
        ArgumentNullException.ThrowIfNull(handler);
        if (_takesAll)
            throw new InvalidOperationException(
                "A handler for every message was declared before; none after it could ever be called.");
        _handlers.Add(new Handler(handler, predicate));
        Shape = Shape.With(invoker);
        _takesAll = predicate is null && invoker.MessageType == typeof(object) && handler is not Func<object, bool>;
    }

    internal Handler[] ToArray() => [.. _handlers];
}

internal readonly record struct Handler(Delegate Action, Delegate? Predicate);
