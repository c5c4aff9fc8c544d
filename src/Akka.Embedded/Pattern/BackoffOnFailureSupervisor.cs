using Akka.Actor;
using Akka.Event;

namespace Akka.Pattern;

/// <summary>
/// Starts its child again, after a delay that grows, when it failed in a way that calls for a restart. When the child
/// stops by itself, that is the end of the supervisor as well.
/// </summary>
internal sealed class BackoffOnFailureSupervisor : BackoffSupervisorBase
{
    private IActorRef? _failed;

    public BackoffOnFailureSupervisor(BackoffPlan plan)
        : base(plan)
    {
    }

    protected override SupervisorStrategy SupervisorStrategy()
    {
        var given = (OneForOneStrategy)Plan.Strategy;
        return new OneForOneStrategy(given.MaxNumberOfRetries, given.WithinTimeRangeMilliseconds, Decide);
    }

    protected override bool Receive(object message)
    {
        if (message is BackoffSupervisor.StartChild && _failed is not null)
            return true; // another start follows when the failed child is gone
        if (message is not Terminated terminated || !terminated.ActorRef.Equals(Child))
            return HandleBackoff(message);
        if (terminated.ActorRef.Equals(_failed))
        {
            _failed = null;
            StartAgainLater();
        }
        else
        {
            Log.Debug("Ending: the child {0} has stopped by itself.", Child!);
            Context.Stop(Self);
        }

        return true;
    }

    private Directive Decide(Exception failure)
    {
        var directive = Plan.Strategy.Decider.Decide(failure);
        if (directive != Directive.Restart)
            return directive;
        var window = ((OneForOneStrategy)Plan.Strategy).WithinTimeRangeMilliseconds;
        if (window > 0 && RestartCountN == 0)
            Schedule(TimeSpan.FromMilliseconds(window), new BackoffSupervisor.ResetRestartCount(RestartCountN));
        if (Plan.RestartsMax >= 0 && RestartCountN >= Plan.RestartsMax)
            Context.Stop(Self);
        else
            _failed = Sender;
        return Directive.Stop;
    }
}
