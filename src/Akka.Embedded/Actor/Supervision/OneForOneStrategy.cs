using System.Diagnostics;
using Akka.Actor.Internal;

namespace Akka.Actor;

/// <summary>The directive concerns the child that failed, and no other.</summary>
public class OneForOneStrategy : SupervisorStrategy, IEquatable<OneForOneStrategy>
{
    private readonly RestartLimit _limit;

    public OneForOneStrategy(
        int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> localOnlyDecider)
        : this(maxNrOfRetries, withinTimeRange, Actor.Decider.From(localOnlyDecider))
    {
    }

    public OneForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, IDecider decider)
    {
        Decider = decider;
        _limit = RestartLimit.From(maxNrOfRetries, withinTimeRange);
    }

    public OneForOneStrategy(
        int maxNrOfRetries, int withinTimeMilliseconds, Func<Exception, Directive> localOnlyDecider,
        bool loggingEnabled = true)
        : this(maxNrOfRetries, withinTimeMilliseconds, Actor.Decider.From(localOnlyDecider), loggingEnabled)
    {
    }

    public OneForOneStrategy(
        int maxNrOfRetries, int withinTimeMilliseconds, IDecider decider, bool loggingEnabled = true)
    {
        Decider = decider;
        LoggingEnabled = loggingEnabled;
        _limit = new RestartLimit(maxNrOfRetries, TimeSpan.FromMilliseconds(withinTimeMilliseconds));
    }

    public OneForOneStrategy(Func<Exception, Directive> localOnlyDecider)
        : this(-1, -1, localOnlyDecider)
    {
    }

    public OneForOneStrategy(Func<Exception, Directive> localOnlyDecider, bool loggingEnabled = true)
        : this(-1, -1, localOnlyDecider, loggingEnabled)
    {
    }

    public OneForOneStrategy(IDecider decider)
        : this(-1, -1, decider)
    {
    }

    protected OneForOneStrategy()
        : this(DefaultDecider)
    {
    }

    public override IDecider Decider { get; }

    /// <summary>-1: no limit.</summary>
    public int MaxNumberOfRetries => _limit.RestartsMax;

    /// <summary>-1: restarts are counted for ever.</summary>
    public int WithinTimeRangeMilliseconds => (int)_limit.Window.TotalMilliseconds;

    public OneForOneStrategy WithMaxNrOfRetries(int maxNrOfRetries) =>
        new(maxNrOfRetries, WithinTimeRangeMilliseconds, Decider, LoggingEnabled);

    public bool Equals(OneForOneStrategy? other) =>
        other is not null && _limit == other._limit && Equals(Decider, other.Decider);

    public override bool Equals(object? obj) => Equals(obj as OneForOneStrategy);

    public override int GetHashCode() => HashCode.Combine(Decider, _limit);

    internal override void ProcessFailure(
        ActorCell parent, bool restart, ActorRefBase child, Exception cause, ChildRestartStats stats,
        Children children)
    {
        if (restart && stats.RequestRestart(_limit.RestartsMax, _limit.Window, Stopwatch.GetTimestamp()))
            RestartChild(child, cause, suspendFirst: false);
        else
            parent.Stop(child);
    }

    protected override Directive Handle(IActorRef child, Exception exception) => Decider.Decide(exception);
}
