using System.Collections.Immutable;
using ClusterScheduler.Core.Decisions;

namespace ClusterScheduler.Core.Execution;

/// <summary>
/// A decision in the making: events are applied as they are found, so that the next step sees them.
/// </summary>
internal sealed class TaskRunDraft(TaskRunState state, TimeSpan now)
{
    private readonly ImmutableArray<TaskRunEvent>.Builder _events = ImmutableArray.CreateBuilder<TaskRunEvent>(4);
    private readonly ImmutableArray<TaskRunEffect>.Builder _effects = ImmutableArray.CreateBuilder<TaskRunEffect>(2);

    public TaskRunState State { get; private set; } = state;

    public TimeSpan Now { get; } = now;

    public Decision<TaskRunEvent, TaskRunEffect> Decision => new(_events.ToImmutable(), _effects.ToImmutable(), null);

    public void Record(TaskRunEvent @event)
    {
        State = TaskRunApply.Apply(State, @event);
        _events.Add(@event);
    }

    public void Act(TaskRunEffect effect) => _effects.Add(effect);

    public void Enter(TaskStage stage, TimeSpan? killAt, TimeSpan? endBy) =>
        Record(new TaskRunEvent.StageEntered(stage, killAt, endBy, Now));

    /// <summary>SIGKILL to all that is left of this stage.</summary>
    public void Sweep()
    {
        Record(new TaskRunEvent.SweepOrdered(Now));
        Act(new TaskRunEffect.Sweep());
    }
}
