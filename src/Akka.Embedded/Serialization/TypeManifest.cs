using System.Collections.Concurrent;
using System.Runtime.Serialization;

namespace Akka.Serialization;

/// <summary>Type names as they travel: without version, so that a newer build can read an older one's bytes.</summary>
internal static class TypeManifest
{
    private static readonly ConcurrentDictionary<Type, string> s_names = new();
    private static readonly ConcurrentDictionary<string, Type> s_types = new(StringComparer.Ordinal);

    internal static string Of(Type type) => s_names.GetOrAdd(
        type, static named => $"{named.FullName}, {named.Assembly.GetName().Name}");

    /// <summary>Only ever called with names that one of our own serializers is bound to.</summary>
    internal static Type Find(string name)
    {
        if (s_types.TryGetValue(name, out var known))
            return known;
        var type = Type.GetType(name, throwOnError: false)
            ?? throw new SerializationException($"There is no type '{name}' here.");
        return s_types.GetOrAdd(name, type);
    }
}
