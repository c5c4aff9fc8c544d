using System.Collections.Concurrent;
using System.Reflection;
using Akka.Actor;

namespace Akka.Simulated;

/// <summary>
/// Which messages carry references: those must go through their serializer, so that the receiver's references are its
/// own. Of the others the receiver may have the sender's object: messages are immutable.
/// </summary>
internal static class RefCarriers
{
    private static readonly ConcurrentDictionary<Type, bool> s_known = new();

    internal static bool Includes(Type type) =>
        s_known.TryGetValue(type, out var known) ? known : s_known.GetOrAdd(type, Carries(type, []));

    private static bool Carries(Type type, HashSet<Type> seen)
    {
        if (typeof(IActorRef).IsAssignableFrom(type) || type == typeof(object))
            return true;
        if (type.IsPrimitive || type == typeof(string) || !seen.Add(type))
            return false;
        var parts = type.IsGenericType ? type.GetGenericArguments() : [];
        return parts.Any(part => Carries(part, seen))
            || (!IsOfRuntime(type) && type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Any(property => Carries(property.PropertyType, seen)));
    }

    private static bool IsOfRuntime(Type type) =>
        type.Namespace is { } name && name.StartsWith("System", StringComparison.Ordinal);
}
