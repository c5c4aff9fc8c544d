using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Akka.Actor;

/// <summary>Calls a handler of one shape; one object per message type, shared by all actors.</summary>
internal abstract class HandlerInvoker(Type messageType)
{
    internal Type MessageType { get; } = messageType;

    /// <summary>
    /// False when the handler declined, by its predicate or by its result. The type was checked before.
    /// </summary>
    internal abstract bool Invoke(Delegate handler, Delegate? predicate, object message);
}

internal sealed class ActionInvoker<T>() : HandlerInvoker(typeof(T))
{
    internal static readonly ActionInvoker<T> Instance = new();

    internal override bool Invoke(Delegate handler, Delegate? predicate, object message)
    {
        var typed = (T)message;
        if (predicate is not null && !Unsafe.As<Predicate<T>>(predicate)(typed))
            return false;
        Unsafe.As<Action<T>>(handler)(typed);
        return true;
    }
}

internal sealed class FuncInvoker<T>() : HandlerInvoker(typeof(T))
{
    internal static readonly FuncInvoker<T> Instance = new();

    internal override bool Invoke(Delegate handler, Delegate? predicate, object message) =>
        Unsafe.As<Func<T, bool>>(handler)((T)message);
}

internal sealed class AsyncInvoker<T>() : HandlerInvoker(typeof(T))
{
    internal static readonly AsyncInvoker<T> Instance = new();

    internal override bool Invoke(Delegate handler, Delegate? predicate, object message)
    {
        var typed = (T)message;
        if (predicate is not null && !Unsafe.As<Predicate<T>>(predicate)(typed))
            return false;
        ActorCell.RequireCurrent().RunTask(() => Unsafe.As<Func<T, Task>>(handler)(typed));
        return true;
    }
}

internal sealed class TypedInvoker : HandlerInvoker
{
    private static readonly ConcurrentDictionary<Type, TypedInvoker> s_byType = new();

    private TypedInvoker(Type messageType)
        : base(messageType)
    {
    }

    internal static TypedInvoker For(Type messageType) =>
        s_byType.GetOrAdd(messageType, type => new TypedInvoker(type));

    internal override bool Invoke(Delegate handler, Delegate? predicate, object message)
    {
        if (predicate is not null && !Unsafe.As<Predicate<object>>(predicate)(message))
            return false;
        Unsafe.As<Action<object>>(handler)(message);
        return true;
    }
}

internal sealed class TypedFuncInvoker : HandlerInvoker
{
    private static readonly ConcurrentDictionary<Type, TypedFuncInvoker> s_byType = new();

    private TypedFuncInvoker(Type messageType)
        : base(messageType)
    {
    }

    internal static TypedFuncInvoker For(Type messageType) =>
        s_byType.GetOrAdd(messageType, type => new TypedFuncInvoker(type));

    internal override bool Invoke(Delegate handler, Delegate? predicate, object message) =>
        Unsafe.As<Func<object, bool>>(handler)(message);
}
