using Akka.Configuration;

namespace Akka.Util.Internal;

/// <summary>
/// Finds a type that HOCON names. Names written for the real packages ("Akka.Event.DefaultLogger, Akka") are found
/// here too, where all of them live in one assembly.
/// </summary>
internal static class TypeByName
{
    internal static Type Find(string name, string settingPath)
    {
        var fullName = name.Split(',', 2)[0].Trim();
        return Type.GetType(name, throwOnError: false)
            ?? typeof(TypeByName).Assembly.GetType(fullName)
            ?? throw new ConfigurationException(
                $"{settingPath} names the type '{name}', which does not exist; expected \"Namespace.Type, Assembly\".");
    }

    internal static T Create<T>(string name, string settingPath, params object[] arguments)
        where T : class
    {
        var type = Find(name, settingPath);
        if (!typeof(T).IsAssignableFrom(type))
            throw new ConfigurationException($"{settingPath} names the type '{name}', which is no {typeof(T)}.");
        return (T)Activator.CreateInstance(type, arguments)!;
    }
}
