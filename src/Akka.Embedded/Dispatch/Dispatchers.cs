using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.TestKit;

namespace Akka.Dispatch;

/// <summary>The dispatchers of one system, made from HOCON when they are first used.</summary>
public sealed class Dispatchers
{
    public const string DefaultDispatcherId = "akka.actor.default-dispatcher";
    public const string DefaultBlockingDispatcherId = "akka.actor.default-blocking-io-dispatcher";
    public const string SynchronizedDispatcherId = "akka.actor.synchronized-dispatcher";

    private const string CallingThread = "Akka.TestKit.CallingThreadDispatcher";

    private readonly ConcurrentDictionary<string, Lazy<MessageDispatcher>> _byId = new(StringComparer.Ordinal);
    private readonly ActorSystemImpl _system;
    private MessageDispatcher? _default;

    internal Dispatchers(ActorSystemImpl system) => _system = system;

    public MessageDispatcher DefaultGlobalDispatcher => _default ??= Lookup(DefaultDispatcherId);

    public Config DefaultDispatcherConfig => _system.Settings.Config.GetConfig(DefaultDispatcherId);

    public bool HasDispatcher(string id) => _byId.ContainsKey(id) || _system.Settings.Config.HasPath(id);

    public MessageDispatcher Lookup(string dispatcherName)
    {
        if (ReferenceEquals(dispatcherName, DefaultDispatcherId) && _default is { } known)
            return known;
        return _byId.GetOrAdd(dispatcherName, id => new Lazy<MessageDispatcher>(() => Create(id))).Value;
    }

    internal void Shutdown()
    {
        foreach (var lazy in _byId.Values)
        {
            if (lazy.IsValueCreated)
                lazy.Value.Shutdown();
        }
    }

    private MessageDispatcher Create(string id)
    {
        var deterministic = _system.Setup.Get<DeterministicSetup>();
        if (deterministic.HasValue)
            return deterministic.Value.Dispatcher;
        var config = _system.Settings.Config.GetConfig(id)
            ?? throw new ConfigurationException($"There is no dispatcher '{id}' in the settings.");
        config = config.WithFallback(DefaultDispatcherConfig);
        var throughput = config.GetInt("throughput", MailboxTypes.DefaultThroughput);
        var type = config.GetString("type", "Dispatcher");
        return type switch
        {
            "Dispatcher" or "TaskDispatcher" or "ThreadPoolDispatcher" => new ThreadPoolDispatcher(id, throughput),
            _ when type.StartsWith(CallingThread, StringComparison.Ordinal) => new CallingThreadDispatcher(id),
            "PinnedDispatcher" => new PinnedDispatcher(id, throughput),
            "ForkJoinDispatcher" => new DedicatedThreadsDispatcher(
                id, throughput, Math.Max(config.GetInt("dedicated-thread-pool.thread-count", 3), 1)),
            _ => throw new ConfigurationException(
                $"{id}.type is '{type}'; it must be Dispatcher, PinnedDispatcher or ForkJoinDispatcher."),
        };
    }
}
