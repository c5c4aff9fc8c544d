namespace Akka.Actor;

/// <summary>An actor that declares a handler per type of message, in its constructor and in Become.</summary>
public abstract class ReceiveActor : UntypedActor
{
    private HandlerList? _declaring = new();
    private readonly HandlerList _first;

    protected ReceiveActor() => _first = _declaring;

    private HandlerList Declaring => _declaring ?? throw new InvalidOperationException(
        "Handlers are declared in the actor's constructor and inside Become only.");

    internal sealed override Receive FirstBehavior()
    {
        _declaring = null;
        return new ReceiveBehavior(this, _first).Handle;
    }

    internal void LeaveUnhandled(object message) => Unhandled(message);

    protected sealed override void OnReceive(object message)
    {
        // Sealed: messages go to the declared handlers.
    }

    protected void Become(Action configure) => Context.Become(Build(configure));

    protected void BecomeStacked(Action configure) => Context.BecomeStacked(Build(configure));

    protected void Receive<T>(Action<T> handler, Predicate<T>? shouldHandle = null) =>
        Declaring.Add(ActionInvoker<T>.Instance, handler, shouldHandle);

    protected void Receive<T>(Predicate<T> shouldHandle, Action<T> handler) => Receive(handler, shouldHandle);

    protected void Receive<T>(Func<T, bool> handler) => Declaring.Add(FuncInvoker<T>.Instance, handler, null);

    protected void Receive(Type messageType, Action<object> handler, Predicate<object>? shouldHandle = null) =>
        Declaring.Add(TypedInvoker.For(messageType), handler, shouldHandle);

    protected void Receive(Type messageType, Predicate<object> shouldHandle, Action<object> handler) =>
        Receive(messageType, handler, shouldHandle);

    protected void Receive(Type messageType, Func<object, bool> handler) =>
        Declaring.Add(TypedFuncInvoker.For(messageType), handler, null);

    protected void ReceiveAny(Action<object> handler) => Receive(handler);

    protected void ReceiveAsync<T>(Func<T, Task> handler, Predicate<T>? shouldHandle = null) =>
        Declaring.Add(AsyncInvoker<T>.Instance, handler, shouldHandle);

    protected void ReceiveAsync<T>(Predicate<T> shouldHandle, Func<T, Task> handler) =>
        ReceiveAsync(handler, shouldHandle);

    protected void ReceiveAsync(Type messageType, Func<object, Task> handler, Predicate<object>? shouldHandle = null) =>
        Receive(messageType, message => RunTask(() => handler(message)), shouldHandle);

    protected void ReceiveAsync(Type messageType, Predicate<object> shouldHandle, Func<object, Task> handler) =>
        ReceiveAsync(messageType, handler, shouldHandle);

    protected void ReceiveAnyAsync(Func<object, Task> handler) => ReceiveAsync(handler);

    private Receive Build(Action configure)
    {
        var outer = _declaring;
        var list = _declaring = new HandlerList();
        try
        {
            configure();
        }
        finally
        {
            _declaring = outer;
        }

        return new ReceiveBehavior(this, list).Handle;
    }
}
