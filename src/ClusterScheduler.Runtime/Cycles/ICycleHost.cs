using System.Collections.Immutable;

namespace ClusterScheduler.Runtime.Cycles;

/// <summary>What a cycle stands on: an actor with a journal, or the simulator.</summary>
public interface ICycleHost<TEvent, in TEffect>
{
    /// <summary>
    /// Stores the events, all or none and in this order. Calls <paramref name="stored"/> once for each when all are
    /// durable; takes no other command in between.
    /// </summary>
    void Store(ImmutableArray<TEvent> events, Action<TEvent> stored);

    /// <summary>Does what was decided.</summary>
    void Act(TEffect effect);

    /// <summary>Answers whoever asked.</summary>
    void Answer(IActorRef asker, object answer);
}
