using ClusterScheduler.Core.Decisions;

namespace ClusterScheduler.Runtime.Cycles;

/// <summary>
/// Store, apply, act, answer: in this order, here and nowhere else. Nothing is done and nobody is told before the
/// facts that it rests on are durable (architecture.md, section 3).
/// </summary>
public sealed class Cycle<TState, TEvent, TEffect>(
    TState initial, Func<TState, TEvent, TState> apply, ICycleHost<TEvent, TEffect> host)
{
    /// <summary>The state as of the last stored event.</summary>
    public TState State { get; private set; } = initial;

    /// <summary>Takes in an event, or a whole state, that was stored before a restart.</summary>
    public void Recover(TEvent @event) => State = apply(State, @event);

    /// <summary>Takes in a snapshot.</summary>
    public void Restore(TState snapshot) => State = snapshot;

    /// <summary>Carries out one decision.</summary>
    /// <param name="decision">Made on the present <see cref="State"/>.</param>
    /// <param name="asker">Hears the answer.</param>
    /// <param name="done">Runs last, with the new state; for what the shell derives from it.</param>
    public void Run(Decision<TEvent, TEffect> decision, IActorRef asker, Action<object?>? done = null)
    {
        if (decision.Events.IsEmpty)
        {
            Finish(decision, asker, done);
            return;
        }

        var left = decision.Events.Length;
        host.Store(decision.Events, @event =>
        {
            State = apply(State, @event);
            if (--left == 0)
            {
                Finish(decision, asker, done);
            }
        });
    }

    private void Finish(Decision<TEvent, TEffect> decision, IActorRef asker, Action<object?>? done)
    {
        foreach (var effect in decision.Effects)
        {
            host.Act(effect);
        }

        if (decision.Answer is { } answer)
        {
            host.Answer(asker, answer);
        }

        done?.Invoke(decision.Answer);
    }
}
