using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using Akka.Configuration.Hocon;

namespace Akka.Configuration;

/// <summary>Where configurations come from: text, resources of an assembly, objects.</summary>
[SuppressMessage("Design", "CA1052", Justification = "Akka.NET's type is not static.")]
public class ConfigurationFactory
{
    /// <summary>A configuration without any setting.</summary>
    public static Config Empty => new(new HoconRoot(HoconValue.Of(new HoconObject())));

    public static Config ParseString(string hocon) => ParseString(hocon, null);

    /// <param name="hocon">The text.</param>
    /// <param name="includeCallback">Gives the parsed text of an <c>include "name"</c>; null refuses includes.</param>
    /// <exception cref="ConfigurationException">What is wrong, with line and column.</exception>
    public static Config ParseString(string hocon, Func<string, HoconRoot>? includeCallback) =>
        new(Parser.Parse(hocon, includeCallback));

    /// <summary>What the host's application settings hold under <c>akka</c>: nothing in this engine.</summary>
    public static Config Load() => Empty;

    /// <summary>The engine's own defaults.</summary>
    public static Config Default()
    {
        const string name = "Akka.Configuration.akka.conf";
        var engine = typeof(ConfigurationFactory).Assembly;
        return engine.GetManifestResourceInfo(name) is null ? Empty : FromResource(name, engine);
    }

    public static Config FromResource(string resourceName, object instanceInAssembly)
    {
        ArgumentNullException.ThrowIfNull(instanceInAssembly);
        return FromResource(resourceName, (instanceInAssembly as Type ?? instanceInAssembly.GetType()).Assembly);
    }

    public static Config FromResource<TAssembly>(string resourceName) =>
        FromResource(resourceName, typeof(TAssembly).Assembly);

    public static Config FromResource(string resourceName, Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        using var stream = assembly.GetManifestResourceStream(resourceName)
                           ?? throw new ConfigurationException(
                               $"Assembly '{assembly.GetName().Name}' has no resource '{resourceName}'.");
        using var reader = new StreamReader(stream);
        return ParseString(reader.ReadToEnd());
    }

    /// <summary>The public properties of an object as settings.</summary>
    public static Config FromObject(object source) => ParseString(JsonSerializer.Serialize(source));
}
