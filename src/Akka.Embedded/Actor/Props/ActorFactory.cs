using System.Collections.Concurrent;
using System.Reflection;

namespace Akka.Actor;

/// <summary>
/// Constructors of one actor class, found once; the call goes through an invoker that the runtime compiles.
/// </summary>
internal sealed class ActorFactory
{
    private static readonly ConcurrentDictionary<Type, ActorFactory> s_byType = new();

    private readonly Type _type;
    private readonly Candidate? _only;

    private ActorFactory(Type type)
    {
        _type = type;
        var constructors = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public);
        if (constructors.Length == 1 && !type.IsAbstract)
            _only = new Candidate(ConstructorInvoker.Create(constructors[0]), constructors[0].GetParameters());
    }

    internal static ActorFactory For(Type type) => s_byType.GetOrAdd(type, static key => new ActorFactory(key));

    internal ActorBase Create(object?[] arguments)
    {
        if (_only is { } only && only.Parameters.Length == arguments.Length)
        {
            // A wrong argument is reported by the slower way below, which names the constructors it tried.
            if (arguments.Length == 0)
                return (ActorBase)only.Invoker.Invoke();
            if (only.Takes(arguments))
                return (ActorBase)only.Invoker.Invoke(arguments.AsSpan());
        }

        return (ActorBase)Activator.CreateInstance(_type, arguments)!;
    }

    private sealed record Candidate(ConstructorInvoker Invoker, ParameterInfo[] Parameters)
    {
        internal bool Takes(object?[] arguments)
        {
            for (var index = 0; index < arguments.Length; index++)
            {
                var type = Parameters[index].ParameterType;
                var argument = arguments[index];
                var takesNull = !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;
                if (argument is null ? !takesNull : !type.IsInstanceOfType(argument))
                    return false;
            }

            return true;
        }
    }
}
