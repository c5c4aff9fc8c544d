using Akka.Actor;

namespace Akka.Persistence;

/// <summary>
/// A persistent actor that declares its handlers by type: Recover in its constructor, Command there and in Become.
/// </summary>
public abstract class ReceivePersistentActor : UntypedPersistentActor
{
    // Lists live until the constructor is done, the table of recovery until the actor has recovered: there may be
    // hundreds of thousands of actors.
    private HandlerList? _recoverList = new();
    private HandlerList? _declaring = new();
    private HandlerTable? _recover;
    private HandlerTable? _commands;

    internal override Receive FirstBehavior()
    {
        if (_recoverList is not null && _declaring is not null)
        {
            _recover = new HandlerTable(_recoverList);
            _commands = new HandlerTable(_declaring);
            (_recoverList, _declaring) = (null, null);
        }

        return base.FirstBehavior();
    }

    protected void Become(Action configure) => Become(Build(configure));

    protected void BecomeStacked(Action configure) => BecomeStacked(Build(configure));

    protected sealed override void OnCommand(object message) => Handle(_commands!, message);

    protected sealed override void OnRecover(object message) => Handle(_recover!, message);

    protected void Recover<T>(Action<T> handler, Predicate<T>? shouldHandle = null) =>
        RecoverList.Add(ActionInvoker<T>.Instance, handler, shouldHandle);

    protected void Recover<T>(Predicate<T> shouldHandle, Action<T> handler) => Recover(handler, shouldHandle);

    protected void Recover<T>(Func<T, bool> handler) => RecoverList.Add(FuncInvoker<T>.Instance, handler, null);

    protected void Recover(Type messageType, Action<object> handler, Predicate<object>? shouldHandle = null) =>
        RecoverList.Add(TypedInvoker.For(messageType), handler, shouldHandle);

    protected void Recover(Type messageType, Predicate<object> shouldHandle, Action<object> handler) =>
        Recover(messageType, handler, shouldHandle);

    protected void Recover(Type messageType, Func<object, bool> handler) =>
        RecoverList.Add(TypedFuncInvoker.For(messageType), handler, null);

    protected void RecoverAny(Action<object> handler) => Recover<object>(handler);

    protected void Command<T>(Action<T> handler, Predicate<T>? shouldHandle = null) =>
        CommandList.Add(ActionInvoker<T>.Instance, handler, shouldHandle);

    protected void Command<T>(Predicate<T> shouldHandle, Action<T> handler) => Command(handler, shouldHandle);

    protected void Command<T>(Func<T, bool> handler) => CommandList.Add(FuncInvoker<T>.Instance, handler, null);

    protected void Command(Type messageType, Action<object> handler, Predicate<object>? shouldHandle = null) =>
        CommandList.Add(TypedInvoker.For(messageType), handler, shouldHandle);

    protected void Command(Type messageType, Predicate<object> shouldHandle, Action<object> handler) =>
        Command(messageType, handler, shouldHandle);

    protected void Command(Type messageType, Func<object, bool> handler) =>
        CommandList.Add(TypedFuncInvoker.For(messageType), handler, null);

    protected void Command(Action<object> handler) => Command<object>(handler);

    protected void CommandAny(Action<object> handler) => Command<object>(handler);

    protected void CommandAsync<T>(Func<T, Task> handler, Predicate<T>? shouldHandle = null) =>
        Command(message => RunTask(() => handler(message)), shouldHandle);

    protected void CommandAsync<T>(Predicate<T> shouldHandle, Func<T, Task> handler) =>
        CommandAsync(handler, shouldHandle);

    protected void CommandAsync(
        Type messageType, Func<object, Task> handler, Predicate<object>? shouldHandle = null) =>
        Command(messageType, message => RunTask(() => handler(message)), shouldHandle);

    protected void CommandAsync(Type messageType, Predicate<object> shouldHandle, Func<object, Task> handler) =>
        CommandAsync(messageType, handler, shouldHandle);

    protected void CommandAnyAsync(Func<object, Task> handler) =>
        Command<object>(message => RunTask(() => handler(message)));

    private HandlerList RecoverList => _recoverList ?? throw new InvalidOperationException(
        "Handlers of recovery are declared in the actor's constructor only.");

    private protected override void OnRecovered() => _recover = null;

    private HandlerList CommandList => _declaring ?? throw new InvalidOperationException(
        "Handlers of commands are declared in the actor's constructor and inside Become only.");

    private void Handle(HandlerTable table, object message)
    {
        if (!table.TryHandle(message))
        {
            Unhandled(message);
        }
    }

    private UntypedReceive Build(Action configure)
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

        var table = new HandlerTable(list);
        return message => Handle(table, message);
    }
}
