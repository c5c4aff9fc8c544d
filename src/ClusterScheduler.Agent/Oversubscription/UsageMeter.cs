using System.Collections.Immutable;
using ClusterScheduler.Agent.Execution;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Agent.Oversubscription;

/// <summary>
/// Adds up what the processes of each task use between two looks. A process belongs to the task in whose sandbox it was
/// started, else to that of its session, else to that of its parent. Mutable, one owner; no clock and no I/O.
/// </summary>
internal sealed class UsageMeter
{
    private const long TicksInSecond = 100;
    private const long KiBInMiB = 1024;

    private Dictionary<TaskKey, Total> _before = [];
    private TimeSpan _at;

    /// <summary>What the tasks used since the call before.</summary>
    /// <param name="at">By a clock that only goes forward.</param>
    /// <param name="processes">All that live.</param>
    /// <param name="tasks">By their sandboxes.</param>
    /// <returns>Tasks that were there at the call before, in the order of their keys.</returns>
    public ImmutableArray<TaskUsage> Measure(
        TimeSpan at, IReadOnlyCollection<ProcessSample> processes, IReadOnlyDictionary<string, TaskKey> tasks)
    {
        var totals = tasks.Values.ToDictionary(static key => key, static _ => new Total());
        var owners = new Owners(processes, tasks);
        foreach (var process in processes)
        {
            if (owners.Of(process) is { } owner)
            {
                totals[owner].Add(process);
            }
        }

        var elapsed = (at - _at).TotalSeconds;
        var usages = totals.Where(task => _before.ContainsKey(task.Key) && elapsed > 0)
            .OrderBy(static task => task.Key)
            .Select(task => new TaskUsage(
                task.Key,
                new Scalar((long)Math.Ceiling(
                    task.Value.TicksSince(_before[task.Key]) * (double)Scalar.One / (TicksInSecond * elapsed))),
                new Scalar(task.Value.ResidentKiB * Scalar.One / KiBInMiB)))
            .ToImmutableArray();
        (_before, _at) = (totals, at);
        return usages;
    }

    /// <summary>What the processes of one task have used up to one instant.</summary>
    private sealed class Total
    {
        private readonly Dictionary<ProcessIdentity, long> _own = [];
        private long _ticks;

        public long ResidentKiB { get; private set; }

        public void Add(ProcessSample process)
        {
            _own[process.Identity] = process.OwnTicks;
            _ticks += process.OwnTicks + process.ReapedTicks;
            ResidentKiB += process.ResidentKiB;
        }

        /// <summary>
        /// With what ended meanwhile, as far as its parent is of the task too. When a whole tree has ended, all that it
        /// ever used is missing from the sum, and only what the living used is sure.
        /// </summary>
        public long TicksSince(Total before) => Math.Max(
            _ticks - before._ticks,
            _own.Sum(process => process.Value - before._own.GetValueOrDefault(process.Key)));
    }

    /// <summary>Whose the processes are; found once for each way up the tree.</summary>
    private sealed class Owners(
        IReadOnlyCollection<ProcessSample> processes, IReadOnlyDictionary<string, TaskKey> tasks)
    {
        private readonly Dictionary<int, ProcessSample> _byPid = processes
            .DistinctBy(static process => process.Identity.Pid)
            .ToDictionary(static process => process.Identity.Pid);

        private readonly Dictionary<int, TaskKey> _bySession = processes
            .Where(process => process.Sandbox is not null && tasks.ContainsKey(process.Sandbox))
            .DistinctBy(static process => process.Session)
            .ToDictionary(static process => process.Session, process => tasks[process.Sandbox!]);

        private readonly Dictionary<int, TaskKey?> _found = [];

        public TaskKey? Of(ProcessSample process)
        {
            var way = new List<int>();
            TaskKey? owner = null;
            for (var next = process; next is not null; next = _byPid.GetValueOrDefault(next.Parent))
            {
                if (_found.TryGetValue(next.Identity.Pid, out owner))
                {
                    break;
                }

                // Also ends a circle, which numbers that were used again between two reads could make.
                _found[next.Identity.Pid] = null;
                way.Add(next.Identity.Pid);
                if ((next.Sandbox is not null && tasks.TryGetValue(next.Sandbox, out var key))
                    || _bySession.TryGetValue(next.Session, out key))
                {
                    owner = key;
                    break;
                }
            }

            way.ForEach(pid => _found[pid] = owner);
            return owner;
        }
    }
}
