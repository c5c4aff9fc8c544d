using Akka.Actor;
using Akka.Event;

namespace Akka.Pattern;

/// <summary>Stands for its child: passes messages on in both directions and starts it again after a delay.</summary>
public abstract class BackoffSupervisorBase : ActorBase
{
    private readonly BackoffPlan _plan;

    private protected BackoffSupervisorBase(BackoffPlan plan)
    {
        _plan = plan;
        Log = Context.GetLogger();
    }

    /// <summary>Null while there is none.</summary>
    protected IActorRef? Child { get; set; }

    protected int RestartCountN { get; set; }

    protected bool FinalStopMessageReceived { get; set; }

    private protected ILoggingAdapter Log { get; }

    private protected BackoffPlan Plan => _plan;

    protected override void PreStart()
    {
        StartChild();
        base.PreStart();
    }

    protected bool HandleBackoff(object message)
    {
        switch (message)
        {
            case BackoffSupervisor.StartChild:
                StartChild();
                if (_plan.ResetAfter is { } after)
                    Schedule(after, new BackoffSupervisor.ResetRestartCount(RestartCountN));
                return true;
            case BackoffSupervisor.Reset when _plan.ResetAfter is null:
                RestartCountN = 0;
                return true;
            case BackoffSupervisor.Reset:
                Unhandled(message);
                return true;
            case BackoffSupervisor.ResetRestartCount reset:
                // Another restart since then: the child has not lived long enough.
                RestartCountN = reset.Current == RestartCountN ? 0 : RestartCountN;
                return true;
            case BackoffSupervisor.GetRestartCount:
                Sender.Tell(new BackoffSupervisor.RestartCount(RestartCountN));
                return true;
            case BackoffSupervisor.GetCurrentChild:
                Sender.Tell(new BackoffSupervisor.CurrentChild(Child!));
                return true;
            default:
                PassOn(message);
                return true;
        }
    }

    private protected void StartAgainLater()
    {
        Child = null;
        Schedule(_plan.DelayBefore(RestartCountN), BackoffSupervisor.StartChild.Instance);
        RestartCountN++;
    }

    private protected void Schedule(TimeSpan delay, object message) =>
        Context.System.Scheduler.ScheduleTellOnce(delay, Self, message, Self);

    private void StartChild() => Child ??= Context.Watch(Context.ActorOf(_plan.ChildProps, _plan.ChildName));

    private void PassOn(object message)
    {
        if (Child is null)
            AnswerWhileStopped(message);
        else if (Child.Equals(Sender))
            Context.Parent.Tell(message);
        else
            PassToChild(Child, message);
    }

    private void PassToChild(IActorRef child, object message)
    {
        child.Forward(message);
        FinalStopMessageReceived |= _plan.IsFinalStopMessage?.Invoke(message) == true;
    }

    private void AnswerWhileStopped(object message)
    {
        if (_plan.ReplyWhileStopped is { } reply)
            Sender.Tell(reply);
        else
            Context.System.DeadLetters.Forward(message);
        if (_plan.IsFinalStopMessage?.Invoke(message) == true)
            Context.Stop(Self);
    }
}
