using System.Diagnostics.CodeAnalysis;
using Akka.Event;

namespace Akka.Actor;

/// <summary>Takes one message; false when it did not handle it.</summary>
public delegate bool Receive(object message);

/// <summary>Takes one message.</summary>
public delegate void UntypedReceive(object message);

/// <summary>What every actor has: its context while it runs, its hooks, its behaviour.</summary>
public abstract class ActorBase
{
    private IActorRef? _clearedSelf;

    protected ActorBase()
    {
        if (ActorCell.Current is null)
            throw new ActorInitializationException(
                $"An actor is not made with new {GetType().Name}(...): give Props to ActorOf of a system or "
                + "of a context.");
    }

    [SuppressMessage("Design", "CA1000", Justification = "The API of Akka.NET.")]
    protected static IActorContext Context => ActorCell.RequireCurrent();

    protected static Receive EmptyReceive { get; } = _ => false;

    /// <summary>Also known after the actor ended, for those who still hold the object.</summary>
    protected IActorRef Self => _clearedSelf ?? ActorCell.RequireCurrent().Self;

    protected IActorRef Sender => ActorCell.RequireCurrent().Sender;

    internal SupervisorStrategy Supervision => _supervision ??= SupervisorStrategy();

    private SupervisorStrategy? _supervision;

    public virtual void AroundPreStart() => PreStart();

    public virtual void AroundPreRestart(Exception cause, object? message) => PreRestart(cause, message);

    public virtual void AroundPostRestart(Exception cause, object? message) => PostRestart(cause);

    public virtual void AroundPostStop() => PostStop();

    internal bool ReceiveInContext(Receive behavior, object message) => AroundReceive(behavior, message);

    internal virtual Receive FirstBehavior() => Receive;

    internal void Clear(IActorRef self) => _clearedSelf = self;

    protected virtual bool AroundReceive(Receive receive, object message)
    {
        var handled = receive(message);
        if (!handled)
            Unhandled(message);
        return handled;
    }

    protected abstract bool Receive(object message);

    /// <summary>Publishes what no handler took; an unhandled <see cref="Terminated"/> ends the watcher too.</summary>
    protected virtual void Unhandled(object message)
    {
        if (message is Terminated terminated)
            throw new DeathPactException(terminated.ActorRef);
        Context.System.EventStream.Publish(new UnhandledMessage(message, Sender, Self));
    }

    protected void Become(Receive receive) => Context.Become(receive);

    protected void BecomeStacked(Receive receive) => Context.BecomeStacked(receive);

    protected void UnbecomeStacked() => Context.UnbecomeStacked();

    protected void SetReceiveTimeout(TimeSpan? timeout) => Context.SetReceiveTimeout(timeout);

    protected virtual SupervisorStrategy SupervisorStrategy() =>
        ActorCell.RequireCurrent().Props.SupervisorStrategy ?? Actor.SupervisorStrategy.DefaultStrategy;

    protected virtual void PreStart()
    {
    }

    /// <summary>
    /// Runs on the failed instance, before the new one is made: stops the children and then the instance.
    /// </summary>
    protected virtual void PreRestart(Exception reason, object? message)
    {
        foreach (var child in Context.GetChildren())
        {
            Context.Unwatch(child);
            Context.Stop(child);
        }

        PostStop();
    }

    /// <summary>Runs on the new instance, in place of a first start.</summary>
    protected virtual void PostRestart(Exception reason) => PreStart();

    protected virtual void PostStop()
    {
    }
}
