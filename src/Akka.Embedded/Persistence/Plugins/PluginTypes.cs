using Akka.Configuration;

namespace Akka.Persistence.Plugins;

/// <summary>
/// Types named in HOCON. Names of Akka.NET's own assemblies mean the types of this engine, so that the same
/// configuration serves on both.
/// </summary>
internal static class PluginTypes
{
    public static Type Resolve(string? name, string setting)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            throw new ConfigurationException($"{setting} names no type.");
        }

        var comma = name.IndexOf(',', StringComparison.Ordinal);
        var simple = (comma < 0 ? name : name[..comma]).Trim();
        return typeof(PluginTypes).Assembly.GetType(simple)
               ?? Type.GetType(name)
               ?? throw new ConfigurationException(
                   $"{setting}: there is no type '{name}'. It is written \"Namespace.Type, Assembly\".");
    }

    public static T Create<T>(string? name, string setting, params object[] arguments)
    {
        var type = Resolve(name, setting);
        if (!typeof(T).IsAssignableFrom(type))
        {
            throw new ConfigurationException($"{setting}: '{name}' is no {typeof(T).Name}.");
        }

        var types = Array.ConvertAll(arguments, argument => argument.GetType());
        return (T)Activator.CreateInstance(type, type.GetConstructor(types) is null ? [] : arguments)!;
    }
}
