using Akka.Actor;

namespace Akka.Pattern;

/// <summary>Options of a supervisor that waits before it starts its child again.</summary>
public static class Backoff
{
    /// <summary>
    /// Starts the child again when it failed so that it would be restarted; ends when it stops by itself.
    /// </summary>
    public static BackoffOptions OnFailure(
        Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor,
        int maxNrOfRetries) => new PlannedBackoff(
            Plan(childProps, childName, minBackoff, maxBackoff, randomFactor, maxNrOfRetries), onFailure: true);

    /// <summary>Starts the child again when it has stopped, for whatever reason.</summary>
    public static BackoffOptions OnStop(
        Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor,
        int maxNrOfRetries) => new PlannedBackoff(
            Plan(childProps, childName, minBackoff, maxBackoff, randomFactor, maxNrOfRetries), onFailure: false);

    private static BackoffPlan Plan(
        Props childProps, string childName, TimeSpan min, TimeSpan max, double randomFactor, int maxNrOfRetries) =>
        new(
            childProps, childName, min, max, randomFactor,
            new OneForOneStrategy(SupervisorStrategy.DefaultDecider).WithMaxNrOfRetries(maxNrOfRetries));
}

public abstract class BackoffOptions
{
    private protected BackoffOptions()
    {
    }

    internal abstract Props Props { get; }

    /// <summary>The count of restarts goes back to 0 when the child has lived this long.</summary>
    public abstract BackoffOptions WithAutoReset(TimeSpan resetBackoff);

    /// <summary>
    /// The count of restarts goes back to 0 when the child sends <see cref="BackoffSupervisor.Reset"/>.
    /// </summary>
    public abstract BackoffOptions WithManualReset();

    public abstract BackoffOptions WithSupervisorStrategy(OneForOneStrategy supervisorStrategy);

    /// <summary>Every failure stops the child.</summary>
    public abstract BackoffOptions WithDefaultStoppingStrategy();

    /// <summary>The answer to what comes while there is no child; without it, that becomes dead letters.</summary>
    public abstract BackoffOptions WithReplyWhileStopped(object replyWhileStopped);

    public abstract BackoffOptions WithMaxNrOfRetries(int maxNrOfRetries);

    /// <summary>After such a message the child's end is the supervisor's too.</summary>
    public abstract BackoffOptions WithFinalStopMessage(Func<object, bool> isFinalStopMessage);
}

internal sealed class PlannedBackoff(BackoffPlan plan, bool onFailure) : BackoffOptions
{
    internal override Props Props
    {
        get
        {
            var valid = plan.Checked();
            return Props.CreateBy(onFailure
                ? new BackoffProducer(typeof(BackoffOnFailureSupervisor), () => new BackoffOnFailureSupervisor(valid))
                : new BackoffProducer(typeof(BackoffSupervisor), () => new BackoffSupervisor(valid)));
        }
    }

    public override BackoffOptions WithAutoReset(TimeSpan resetBackoff) =>
        With(plan with { ResetAfter = resetBackoff });

    public override BackoffOptions WithManualReset() => With(plan with { ResetAfter = null });

    public override BackoffOptions WithSupervisorStrategy(OneForOneStrategy supervisorStrategy) =>
        With(plan with { Strategy = supervisorStrategy });

    public override BackoffOptions WithDefaultStoppingStrategy() => With(plan with
    {
        Strategy = new OneForOneStrategy(plan.RestartsMax, null, SupervisorStrategy.StoppingStrategy.Decider),
    });

    public override BackoffOptions WithReplyWhileStopped(object replyWhileStopped) =>
        With(plan with { ReplyWhileStopped = replyWhileStopped });

    public override BackoffOptions WithMaxNrOfRetries(int maxNrOfRetries) =>
        With(plan with { Strategy = ((OneForOneStrategy)plan.Strategy).WithMaxNrOfRetries(maxNrOfRetries) });

    public override BackoffOptions WithFinalStopMessage(Func<object, bool> isFinalStopMessage) =>
        With(plan with { IsFinalStopMessage = isFinalStopMessage });

    private PlannedBackoff With(BackoffPlan changed) => new(changed, onFailure);
}
