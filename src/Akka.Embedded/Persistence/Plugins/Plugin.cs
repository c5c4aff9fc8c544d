using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence.Journal;

namespace Akka.Persistence.Plugins;

/// <summary>A journal or snapshot store that is running.</summary>
internal sealed class Plugin(string path, IActorRef actor, Config config, EventAdapters adapters)
{
    public string Path { get; } = path;

    public IActorRef Actor { get; } = actor;

    public Config Config { get; } = config;

    public EventAdapters Adapters { get; } = adapters;

    public TimeSpan RecoveryEventTimeout { get; } =
        config.GetTimeSpan("recovery-event-timeout", TimeSpan.FromSeconds(30), allowInfinite: false);
}
