using System.Diagnostics;
using Akka.Actor.Internal;

namespace Akka.Actor;

/// <summary>The directive concerns all children as soon as one of them fails.</summary>
public class AllForOneStrategy : SupervisorStrategy, IEquatable<AllForOneStrategy>
{
    private readonly RestartLimit _limit;

    public AllForOneStrategy(
        int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> localOnlyDecider)
        : this(maxNrOfRetries, withinTimeRange, Actor.Decider.From(localOnlyDecider))
    {
    }

    public AllForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, IDecider decider)
    {
        Decider = decider;
        _limit = RestartLimit.From(maxNrOfRetries, withinTimeRange);
    }

    public AllForOneStrategy(
        int maxNrOfRetries, int withinTimeMilliseconds, Func<Exception, Directive> localOnlyDecider,
        bool loggingEnabled = true)
        : this(maxNrOfRetries, withinTimeMilliseconds, Actor.Decider.From(localOnlyDecider), loggingEnabled)
    {
    }

    public AllForOneStrategy(
        int maxNrOfRetries, int withinTimeMilliseconds, IDecider decider, bool loggingEnabled = true)
    {
        Decider = decider;
        LoggingEnabled = loggingEnabled;
        _limit = new RestartLimit(maxNrOfRetries, TimeSpan.FromMilliseconds(withinTimeMilliseconds));
    }

    public AllForOneStrategy(Func<Exception, Directive> localOnlyDecider)
        : this(-1, -1, localOnlyDecider)
    {
    }

    public AllForOneStrategy(IDecider decider)
        : this(-1, -1, decider)
    {
    }

    protected AllForOneStrategy()
        : this(DefaultDecider)
    {
    }

    public override IDecider Decider { get; }

    /// <summary>-1: no limit.</summary>
    public int MaxNumberOfRetries => _limit.RestartsMax;

    /// <summary>-1: restarts are counted for ever.</summary>
    public int WithinTimeRangeMilliseconds => (int)_limit.Window.TotalMilliseconds;

    public bool Equals(AllForOneStrategy? other) =>
        other is not null && _limit == other._limit && Equals(Decider, other.Decider);

    public override bool Equals(object? obj) => Equals(obj as AllForOneStrategy);

    public override int GetHashCode() => HashCode.Combine(Decider, _limit);

    internal override void ProcessFailure(
        ActorCell parent, bool restart, ActorRefBase child, Exception cause, ChildRestartStats stats,
        Children children)
    {
        var now = Stopwatch.GetTimestamp();
        var all = children.AllStats();
        if (restart && all.All(each => each.RequestRestart(_limit.RestartsMax, _limit.Window, now)))
        {
            foreach (var each in all)
                RestartChild(each.Child, cause, suspendFirst: !each.Child.Equals(child));
        }
        else
        {
            foreach (var each in all)
                parent.Stop(each.Child);
        }
    }

    protected override Directive Handle(IActorRef child, Exception exception) => Decider.Decide(exception);
}
