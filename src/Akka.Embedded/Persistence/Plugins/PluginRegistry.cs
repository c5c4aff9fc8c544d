using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence.Journal;

namespace Akka.Persistence.Plugins;

/// <summary>Plugins of one kind by HOCON path; each is one actor of the system.</summary>
internal sealed class PluginRegistry(ExtendedActorSystem system, string kind, string? defaultPath, string fallbackPath)
{
    private readonly ConcurrentDictionary<string, Lazy<Plugin>> _plugins = new();
    private readonly ConcurrentDictionary<string, Config> _configs = new();

    public Plugin Get(string? path)
    {
        var wanted = string.IsNullOrEmpty(path) ? defaultPath : path;
        if (string.IsNullOrEmpty(wanted))
        {
            throw new ConfigurationException(
                $"No default {kind} is set (akka.persistence.{kind.Replace(' ', '-')}.plugin).");
        }

        return _plugins
            .GetOrAdd(wanted, static (id, registry) => new Lazy<Plugin>(() => registry.Start(id)), this)
            .Value;
    }

    public Config ConfigOf(IActorRef plugin) => ConfigAt(PathOf(plugin));

    public EventAdapters AdaptersOf(IActorRef plugin) => EventAdapters.Create(system, ConfigOf(plugin));

    private Plugin Start(string path)
    {
        var config = ConfigAt(path);
        var type = PluginTypes.Resolve(config.GetString("class"), $"{path}.class");
        var props = type.GetConstructor([typeof(Config)]) is null ? Props.Create(type) : Props.Create(type, config);
        var dispatcher = config.GetString("plugin-dispatcher");
        var actor = system.SystemActorOf(
            string.IsNullOrEmpty(dispatcher) ? props : props.WithDispatcher(dispatcher), path);
        return new Plugin(path, actor, config, EventAdapters.Create(system, config));
    }

    private Config ConfigAt(string path) => _configs.GetOrAdd(path, static (id, known) =>
    {
        var (root, kind, fallbackPath) = known;
        var own = root.GetConfig(id)
                  ?? throw new ConfigurationException($"There is no {kind} '{id}': nothing is set under that path.");
        return own.WithFallback(root.GetConfig(fallbackPath));
    }, (system.Settings.Config, kind, fallbackPath));

    private string PathOf(IActorRef plugin) =>
        _configs.Keys.FirstOrDefault(path => path == plugin.Path.Name)
        ?? throw new ConfigurationException($"{plugin} is no {kind} of this system.");

}
