using Akka.Configuration;

namespace Akka.Actor;

/// <summary>What the engine reads from HOCON, once, when a system starts.</summary>
public class Settings
{
    private readonly Config _userConfig;
    private Config _defaults = ConfigurationFactory.Default();

    public Settings(ActorSystem system, Config config)
    {
        System = system;
        _userConfig = config;
        Config = config.WithFallback(_defaults);
        Read();
    }

    public ActorSystem System { get; }

    /// <summary>The user's settings over the engine's defaults.</summary>
    public Config Config { get; private set; }

    public string ProviderClass { get; private set; } = "";

    /// <summary>The node is or may become a member of a cluster.</summary>
    public bool HasCluster =>
        ProviderClass == "cluster" || ProviderClass.StartsWith("Akka.Cluster.", StringComparison.Ordinal);

    public string SupervisorStrategyClass { get; private set; } = "";

    public string SchedulerClass { get; private set; } = "";

    public bool SerializeAllMessages { get; private set; }

    public TimeSpan AskTimeout { get; private set; }

    public TimeSpan CreationTimeout { get; private set; }

    public string LogLevel { get; private set; } = "";

    public string StdoutLogLevel { get; private set; } = "";

    public IList<string> Loggers { get; private set; } = [];

    public TimeSpan LoggerStartTimeout { get; private set; }

    /// <summary>How many dead letters are logged; <see cref="int.MaxValue"/> for all, 0 for none.</summary>
    public int LogDeadLetters { get; private set; }

    public bool LogDeadLettersDuringShutdown { get; private set; }

    public bool DebugLifecycle { get; private set; }

    public bool DebugUnhandledMessage { get; private set; }

    public bool DebugEventStream { get; private set; }

    public bool CoordinatedShutdownTerminateActorSystem { get; private set; }

    public bool CoordinatedShutdownRunByActorSystemTerminate { get; private set; }

    /// <summary>Adds the defaults of an extension below everything else.</summary>
    public void InjectTopLevelFallback(Config config)
    {
        _defaults = config.WithFallback(_defaults);
        Config = _userConfig.WithFallback(_defaults);
        Read();
    }

    public override string ToString() => Config.ToString();

    private void Read()
    {
        ProviderClass = Config.GetString("akka.actor.provider");
        SupervisorStrategyClass = Config.GetString("akka.actor.guardian-supervisor-strategy");
        SchedulerClass = Config.GetString("akka.scheduler.implementation");
        SerializeAllMessages = Config.GetBoolean("akka.actor.serialize-messages");
        AskTimeout = Config.GetTimeSpan("akka.actor.ask-timeout", Timeout.InfiniteTimeSpan);
        CreationTimeout = Config.GetTimeSpan("akka.actor.creation-timeout");
        LogLevel = Config.GetString("akka.loglevel");
        StdoutLogLevel = Config.GetString("akka.stdout-loglevel");
        Loggers = Config.GetStringList("akka.loggers");
        LoggerStartTimeout = Config.GetTimeSpan("akka.logger-startup-timeout");
        LogDeadLetters = ReadLogDeadLetters(Config.GetString("akka.log-dead-letters"));
        LogDeadLettersDuringShutdown = Config.GetBoolean("akka.log-dead-letters-during-shutdown");
        DebugLifecycle = Config.GetBoolean("akka.actor.debug.lifecycle");
        DebugUnhandledMessage = Config.GetBoolean("akka.actor.debug.unhandled");
        DebugEventStream = Config.GetBoolean("akka.actor.debug.event-stream");
        CoordinatedShutdownTerminateActorSystem = Config.GetBoolean("akka.coordinated-shutdown.terminate-actor-system");
        CoordinatedShutdownRunByActorSystemTerminate =
            Config.GetBoolean("akka.coordinated-shutdown.run-by-actor-system-terminate");
    }

    private int ReadLogDeadLetters(string text) => text.ToLowerInvariant() switch
    {
        "on" or "true" => int.MaxValue,
        "off" or "false" => 0,
        _ => Config.GetInt("akka.log-dead-letters"),
    };
}
