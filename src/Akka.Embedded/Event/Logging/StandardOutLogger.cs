using Akka.Actor;

namespace Akka.Event;

/// <summary>A logger that is only a reference: prints each event as it comes.</summary>
public abstract class MinimalLogger : MinimalActorRef
{
    private static readonly ActorPath LoggerPath = new RootActorPath(
        new Address("akka", "all-systems")) / "StandardOutLogger";

    private protected MinimalLogger()
    {
    }

    public sealed override ActorPath Path => LoggerPath;

    protected sealed override void TellInternal(object message, IActorRef? sender) => Log(message);

    protected abstract void Log(object message);
}

public class StandardOutLogger : MinimalLogger
{
    internal static readonly StandardOutLogger Shared = new();

    internal static void Print(object message) => Console.Out.WriteLine(message);

    protected override void Log(object message) => Print(message);
}

/// <summary>The logger of the default settings: prints to standard output.</summary>
public class DefaultLogger : ActorBase
{
    protected override bool Receive(object message)
    {
        switch (message)
        {
            case InitializeLogger:
                Sender.Tell(new LoggerInitialized());
                return true;
            case LogEvent logEvent:
                Print(logEvent);
                return true;
            default:
                return false;
        }
    }

    protected virtual void Print(LogEvent logEvent) => StandardOutLogger.Print(logEvent);
}
