using Akka.Actor.Internal;
using Akka.Event;

namespace Akka.Actor;

/// <summary>What an actor does when one of its children fails or ends.</summary>
public abstract class SupervisorStrategy
{
    /// <summary>Stops what could not be built, was killed or broke a death pact; restarts everything else.</summary>
    public static readonly IDecider DefaultDecider = Actor.Decider.From(
        Directive.Restart,
        Directive.Stop.When<ActorInitializationException>(),
        Directive.Stop.When<ActorKilledException>(),
        Directive.Stop.When<DeathPactException>());

    public static readonly SupervisorStrategy DefaultStrategy = new OneForOneStrategy(DefaultDecider);

    public static readonly OneForOneStrategy StoppingStrategy = new(_ => Directive.Stop);

    private protected SupervisorStrategy()
    {
    }

    public abstract IDecider Decider { get; }

    protected bool LoggingEnabled { get; set; } = true;

    /// <summary>False when the failure goes on to the parent's parent.</summary>
    internal bool HandleFailure(
        ActorCell parent, ActorRefBase child, Exception cause, ChildRestartStats stats, Children children)
    {
        var directive = Handle(child, cause);
        if (directive == Directive.Escalate)
        {
            LogFailure(parent, child, cause, directive);
            return false;
        }

        LogFailure(parent, child, cause, directive);
        if (directive == Directive.Resume)
            child.Resume(cause);
        else
            ProcessFailure(parent, directive == Directive.Restart, child, cause, stats, children);
        return true;
    }

    internal abstract void ProcessFailure(
        ActorCell parent, bool restart, ActorRefBase child, Exception cause, ChildRestartStats stats,
        Children children);

    protected abstract Directive Handle(IActorRef child, Exception exception);

    protected virtual void LogFailure(IActorContext context, IActorRef child, Exception cause, Directive directive)
    {
        if (!LoggingEnabled || directive == Directive.Escalate)
            return;
        var shown = cause is ActorInitializationException { InnerException: { } inner } ? inner : cause;
        var source = child.Path.ToString();
        context.System.EventStream.Publish(directive == Directive.Resume
            ? new Warning(source, GetType(), $"Resumed after a failure: {shown.Message}")
            : new Error(cause, source, GetType(), shown.Message));
    }

    private protected static void RestartChild(ActorRefBase child, Exception cause, bool suspendFirst)
    {
        if (suspendFirst)
            child.Suspend();
        child.Restart(cause);
    }
}
