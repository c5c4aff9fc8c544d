using ClusterScheduler.Agent.Execution;
using ClusterScheduler.Core.Allocation.Oversubscription;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Runtime.Settings;

namespace ClusterScheduler.Agent.Oversubscription;

/// <summary>
/// What an agent lends out, and whom it evicts: keeps the usage of each task and asks the two rules. Mutable, one
/// owner; no clock and no I/O.
/// </summary>
/// <param name="settings">How careful it is.</param>
/// <param name="total">What the agent has, without what it lends out.</param>
internal sealed class Oversubscriber(OversubscriptionSettings settings, ResourceSet total)
{
    /// <summary>Less than this makes no difference to what is lent out: noise must not take offers back.</summary>
    private static readonly Scalar CpusStep = Scalar.Of(0.1), MemStep = Scalar.Of(16);

    private readonly EstimatorSettings _estimator = new(settings.SafetyShare, settings.SamplesLeast);
    private readonly PressureRule _pressure = new(settings.PressureCpus, settings.PressureMem);
    private readonly SortedDictionary<TaskKey, Watched> _tasks = [];

    /// <summary>Those that run.</summary>
    public IReadOnlyCollection<TaskKey> Tasks => _tasks.Keys;

    /// <summary>A task began to run, or is found running.</summary>
    public void Begin(TaskKey key, ResourceSet resources, int priority, DateTimeOffset at) =>
        _tasks.TryAdd(key, new Watched(resources, priority, at, new UsageWindow(settings.Window)));

    /// <summary>A task is over.</summary>
    public void End(TaskKey key) => _tasks.Remove(key);

    /// <summary>
    /// Takes in what tasks use now. Returns those to evict; one that was returned before is on its way out and counts
    /// as gone.
    /// </summary>
    public IReadOnlyList<TaskKey> Take(DateTimeOffset at, IEnumerable<TaskUsage> usages)
    {
        var (cpus, mem) = (Scalar.Zero, Scalar.Zero);
        var revocable = new List<RevocableTask>();
        foreach (var usage in usages)
        {
            if (!_tasks.TryGetValue(usage.Key, out var task) || task.IsEvicted)
            {
                continue;
            }

            task.Usage.TryAdd(new UsageSample(at, usage.Cpus, usage.Mem));
            cpus += usage.Cpus;
            mem += usage.Mem;
            if (task.IsRevocable)
            {
                revocable.Add(new RevocableTask(
                    usage.Key.Framework, usage.Key.Task, task.Priority, task.StartedAt, usage.Cpus, usage.Mem));
            }
        }

        TaskKey[] evicted =
        [
            .. _pressure.Evict(total, cpus, mem, revocable)
                .Select(static task => new TaskKey(task.Framework, task.Task)),
        ];
        foreach (var key in evicted)
        {
            _tasks[key].IsEvicted = true;
        }

        return evicted;
    }

    /// <summary>What can be lent out now, in steps of 0.1 cpus and 16 MiB.</summary>
    public ResourceSet Estimate()
    {
        var estimate = RevocableEstimator.Estimate(
            _tasks.Values.Select(static task => new EstimatedTask(task.Own, task.Usage)), _estimator);
        return ResourceSet.Of(estimate.Items.Select(static item => item with
        {
            Amount = Down(item.Amount, item.Key.Name == ResourceNames.Cpus ? CpusStep : MemStep),
        }));
    }

    private static Scalar Down(Scalar amount, Scalar step) =>
        new(amount.Thousandths / step.Thousandths * step.Thousandths);

    private sealed class Watched(ResourceSet resources, int priority, DateTimeOffset startedAt, UsageWindow usage)
    {
        /// <summary>What it can lend of.</summary>
        public ResourceSet Own { get; } = resources.Where(static item => !item.Key.IsRevocable);

        public bool IsRevocable { get; } = resources.Items.Any(static item => item.Key.IsRevocable);

        public int Priority { get; } = priority;

        public DateTimeOffset StartedAt { get; } = startedAt;

        public UsageWindow Usage { get; } = usage;

        public bool IsEvicted { get; set; }
    }
}
