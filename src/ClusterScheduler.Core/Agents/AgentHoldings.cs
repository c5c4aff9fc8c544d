using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Reservations;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Agents;

/// <summary>
/// What an agent holds and may still take: its session, its tasks, what they use, and the ids that must not start
/// any more. The agent's own truth, whatever the master believes. Single owner.
/// </summary>
/// <param name="total">All that the agent has for tasks, as configured. What of it is reserved to whom, the master
/// knows: here tasks count without dynamic reservations and volumes. A shared volume counts once, however many tasks
/// share it.</param>
/// <param name="endedMax">Ids of ended tasks that are remembered. A repeated launch comes within seconds.</param>
public sealed class AgentHoldings(ResourceSet total, int endedMax)
{
    private readonly SortedDictionary<(FrameworkId, TaskId), ResourceSet> _running = [];
    private readonly HashSet<(FrameworkId, TaskId)> _over = [];
    private readonly Queue<(FrameworkId, TaskId)> _overInOrder = new();
    private readonly HashSet<(FrameworkId, TaskId)> _held = [];

    /// <summary>The shared volumes of running tasks, with a copy for each task.</summary>
    private ResourceSet _shared;

    /// <summary>The newest session; none before the first.</summary>
    public AgentSession Session { get; private set; }

    /// <summary>Tasks that run, and those that are over and whose end is not stored yet.</summary>
    public int Count => _held.Count;

    /// <summary>What tasks use now, as configured; revocable resources too.</summary>
    public ResourceSet Used { get; private set; }

    /// <summary>What is lent out as revocable; it may come to be less than what is used of it.</summary>
    public ResourceSet Revocable { get; private set; }

    private ResourceSet Left
    {
        get
        {
            // What the configuration has is never lent twice; only of what is lent more may be used than there is.
            var all = total + Revocable;
            return all.TrySubtract(Used, out var free) ? free : all.SubtractWhatIsThere(Used);
        }
    }

    /// <summary>From now on so much is lent out; tasks that have more keep it.</summary>
    public void Lend(ResourceSet revocable) => Revocable = revocable;

    /// <summary>
    /// Adopts a session. From then on tasks of older ones that are not held are refused, so whoever reports what is
    /// held in the same step reports the truth about what runs.
    /// </summary>
    /// <returns>False if it is not newer: a repeated or late answer.</returns>
    public bool TryAdopt(AgentSession session)
    {
        if (session <= Session)
        {
            return false;
        }

        Session = session;
        return true;
    }

    /// <summary>Whether a launch may be taken. Changes nothing.</summary>
    public LaunchVerdict Judge(FrameworkId framework, TaskInfo task, AgentSession session)
    {
        ArgumentNullException.ThrowIfNull(task);
        var key = (framework, task.TaskId);
        if (_held.Contains(key) || _over.Contains(key))
        {
            return new LaunchVerdict.KnownAlready();
        }

        if (session < Session)
        {
            return new LaunchVerdict.StaleSession(
                $"session {session} of the launch is older than the agent's {Session}");
        }

        if (session > Session)
        {
            return new LaunchVerdict.NotYet();
        }

        if (TaskRules.Check(task) is { } broken)
        {
            return new LaunchVerdict.Invalid(broken);
        }

        if (TaskPlanRules.Check(task.Plan) is { IsEmpty: false } refusals)
        {
            return new LaunchVerdict.Invalid(string.Join("; ", refusals.Select(TaskPlanRules.Explain)));
        }

        var free = Left;
        return free.Contains(TakenBy(task.Resources))
            ? new LaunchVerdict.Fits()
            : new LaunchVerdict.DoesNotFit($"{task.Resources} do not fit into the {free} that are free");
    }

    /// <summary>Takes a task: judged before, or held by an earlier incarnation of the agent.</summary>
    public void Hold(FrameworkId framework, TaskId task, ResourceSet resources)
    {
        if (_held.Add((framework, task)))
        {
            _running.Add((framework, task), resources);
            Used += TakenBy(resources);
            _shared += resources.Shared;
        }
    }

    /// <summary>The task is over: what it used is free. It stays held until its end is stored.</summary>
    public void Free(FrameworkId framework, TaskId task)
    {
        if (_running.Remove((framework, task), out var resources))
        {
            _shared -= resources.Shared;
            Used -= TakenBy(resources);
        }
    }

    /// <summary>What a task takes beyond what the other tasks do, as configured.</summary>
    private ResourceSet TakenBy(ResourceSet resources) => OperationRules.BaseOf(
        resources.Unshared + resources.Shared.SubtractWhatIsThere(_shared));

    /// <summary>Its end is stored, or it must never start: its id is not taken any more.</summary>
    public void Forget(FrameworkId framework, TaskId task)
    {
        Free(framework, task);
        _held.Remove((framework, task));
        if (!_over.Add((framework, task)))
        {
            return;
        }

        _overInOrder.Enqueue((framework, task));
        if (_overInOrder.Count > endedMax)
        {
            _over.Remove(_overInOrder.Dequeue());
        }
    }
}

/// <summary>What an agent says to a launch.</summary>
public abstract record LaunchVerdict
{
    private LaunchVerdict()
    {
    }

    /// <summary>It can be taken.</summary>
    public sealed record Fits : LaunchVerdict;

    /// <summary>It was taken before: the launch is a repetition.</summary>
    public sealed record KnownAlready : LaunchVerdict;

    /// <summary>Of a session that the agent has not heard of yet; it will be repeated.</summary>
    public sealed record NotYet : LaunchVerdict;

    /// <summary>Of an older session: it never ran and never will.</summary>
    /// <param name="Message">With the facts.</param>
    public sealed record StaleSession(string Message) : LaunchVerdict;

    /// <summary>More than the agent has free by its own ledger.</summary>
    /// <param name="Message">With the facts.</param>
    public sealed record DoesNotFit(string Message) : LaunchVerdict;

    /// <summary>The description breaks a rule.</summary>
    /// <param name="Message">Which, and what would be right.</param>
    public sealed record Invalid(string Message) : LaunchVerdict;
}
