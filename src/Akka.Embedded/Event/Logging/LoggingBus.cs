using Akka.Actor;
using Akka.Configuration;
using Akka.Util.Internal;

namespace Akka.Event;

/// <summary>A bus that knows a log level and starts the loggers that HOCON names.</summary>
public class LoggingBus : ActorEventBus<object, Type>
{
    private readonly Subscriptions _subscriptions = new();
    private readonly List<IActorRef> _loggers = [];

    public LogLevel LogLevel { get; private set; } = LogLevel.InfoLevel;

    /// <summary>
    /// True for the levels that somebody listens to; also below <see cref="LogLevel"/> when the log is off.
    /// </summary>
    internal bool IsOff { get; private set; }

    public override bool Subscribe(IActorRef subscriber, Type classifier)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        ArgumentNullException.ThrowIfNull(classifier);
        return _subscriptions.Add(subscriber, classifier);
    }

    public override bool Unsubscribe(IActorRef subscriber, Type classifier)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        return _subscriptions.Remove(subscriber, classifier);
    }

    public override bool Unsubscribe(IActorRef subscriber)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        return _subscriptions.Remove(subscriber);
    }

    public override void Publish(object @event)
    {
        foreach (var subscriber in _subscriptions.For(@event.GetType()))
            subscriber.Tell(@event, ActorCell.Current?.Self);
    }

    /// <summary>From now on this level and the graver ones are published to the loggers.</summary>
    public void SetLogLevel(LogLevel logLevel)
    {
        LogLevel = logLevel;
        foreach (var logger in _loggers)
            SubscribeLevels(logger, logLevel);
    }

    /// <summary>Prints warnings and errors until the loggers run.</summary>
    public void StartStdoutLogger(Settings config)
    {
        if (!LogLevels.IsOff(config.StdoutLogLevel))
            SubscribeLevels(StandardOutLogger.Shared, Logging.LogLevelFor(config.StdoutLogLevel));
    }

    internal void Forget(IActorRef ended) => _subscriptions.Remove(ended);

    internal void StartDefaultLoggers(ActorSystemImpl system)
    {
        var settings = system.Settings;
        IsOff = LogLevels.IsOff(settings.LogLevel);
        LogLevel = IsOff ? LogLevel.ErrorLevel : Logging.LogLevelFor(settings.LogLevel);
        if (IsOff || settings.Loggers.Count == 0)
        {
            if (IsOff)
                Unsubscribe(StandardOutLogger.Shared);
            return;
        }

        foreach (var typeName in settings.Loggers)
            _loggers.Add(StartLogger(system, typeName, _loggers.Count + 1));
        Unsubscribe(StandardOutLogger.Shared);
    }

    private IActorRef StartLogger(ActorSystemImpl system, string typeName, int number)
    {
        var type = TypeByName.Find(typeName, "akka.loggers");
        if (!typeof(ActorBase).IsAssignableFrom(type))
            throw new ConfigurationException($"akka.loggers names {typeName}, which is no actor.");
        var logger = system.SystemActorOf(Props.Create(type), $"log{number}-{type.Name}");
        try
        {
            logger.Ask<LoggerInitialized>(new InitializeLogger(this), system.Settings.LoggerStartTimeout)
                .GetAwaiter().GetResult();
        }
        catch (AskTimeoutException timedOut)
        {
            throw new LoggerInitializationException(
                $"The logger {typeName} did not answer InitializeLogger with LoggerInitialized within "
                + $"{system.Settings.LoggerStartTimeout}.",
                timedOut);
        }

        SubscribeLevels(logger, LogLevel);
        return logger;
    }

    private void SubscribeLevels(IActorRef logger, LogLevel from)
    {
        foreach (var level in Enum.GetValues<LogLevel>())
        {
            if (level >= from)
                Subscribe(logger, level.ClassFor());
            else
                Unsubscribe(logger, level.ClassFor());
        }
    }
}
