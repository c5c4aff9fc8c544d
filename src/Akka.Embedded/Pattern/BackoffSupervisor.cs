using Akka.Actor;
using Akka.Event;

namespace Akka.Pattern;

/// <summary>Starts its child again, after a delay that grows, each time it has stopped.</summary>
public sealed class BackoffSupervisor : BackoffSupervisorBase
{
    public BackoffSupervisor(
        Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor)
        : this(new BackoffPlan(
            childProps, childName, minBackoff, maxBackoff, randomFactor, Actor.SupervisorStrategy.DefaultStrategy))
    {
    }

    internal BackoffSupervisor(BackoffPlan plan)
        : base(plan)
    {
    }

    public static Props Props(
        Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor) =>
        PropsWithSupervisorStrategy(
            childProps, childName, minBackoff, maxBackoff, randomFactor, Actor.SupervisorStrategy.DefaultStrategy);

    public static Props Props(
        Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor,
        int maxNrOfRetries) => PropsWithSupervisorStrategy(
            childProps, childName, minBackoff, maxBackoff, randomFactor,
            new OneForOneStrategy(Actor.SupervisorStrategy.DefaultDecider).WithMaxNrOfRetries(maxNrOfRetries));

    public static Props Props(BackoffOptions options) => options.Props;

    public static Props PropsWithSupervisorStrategy(
        Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor,
        SupervisorStrategy strategy)
    {
        var plan = new BackoffPlan(childProps, childName, minBackoff, maxBackoff, randomFactor, strategy).Checked();
        return Actor.Props.CreateBy(new BackoffProducer(typeof(BackoffSupervisor), () => new BackoffSupervisor(plan)));
    }

    protected override SupervisorStrategy SupervisorStrategy() => Plan.Strategy;

    protected override bool Receive(object message)
    {
        if (message is not Terminated terminated || !terminated.ActorRef.Equals(Child))
            return HandleBackoff(message);
        if (FinalStopMessageReceived)
            Context.Stop(Self);
        else if (Plan.RestartsMax == -1 || RestartCountN < Plan.RestartsMax)
            StartAgainLater();
        else
            GiveUp();
        return true;
    }

    private void GiveUp()
    {
        Log.Debug("Ending: {0} has been started again {1} times, as often as it may.", Child!, RestartCountN);
        Context.Stop(Self);
    }

    /// <summary>Asks for the child; answered with <see cref="CurrentChild"/>.</summary>
    public sealed class GetCurrentChild
    {
        public static readonly GetCurrentChild Instance = new();

        private GetCurrentChild()
        {
        }
    }

    /// <summary>Answer to <see cref="GetCurrentChild"/>; null while there is none.</summary>
    public sealed class CurrentChild
    {
        public CurrentChild(IActorRef @ref) => Ref = @ref;

        public IActorRef Ref { get; }
    }

    /// <summary>Sets the count of restarts to 0; only with manual reset.</summary>
    public sealed class Reset
    {
        public static readonly Reset Instance = new();

        private Reset()
        {
        }
    }

    /// <summary>Asks for the count of restarts; answered with <see cref="RestartCount"/>.</summary>
    public sealed class GetRestartCount
    {
        public static readonly GetRestartCount Instance = new();

        private GetRestartCount()
        {
        }
    }

    /// <summary>Answer to <see cref="GetRestartCount"/>.</summary>
    public sealed class RestartCount
    {
        public RestartCount(int count) => Count = count;

        public int Count { get; }
    }

    public sealed class StartChild : IDeadLetterSuppression
    {
        public static readonly StartChild Instance = new();

        private StartChild()
        {
        }
    }

    public sealed class ResetRestartCount : IDeadLetterSuppression
    {
        public ResetRestartCount(int current) => Current = current;

        public int Current { get; }
    }
}
