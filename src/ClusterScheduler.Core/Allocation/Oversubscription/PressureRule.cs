using System.Runtime.CompilerServices;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Allocation.Oversubscription;

/// <summary>A task on revocable resources.</summary>
/// <param name="Framework">Whose.</param>
/// <param name="Task">Which of its framework's.</param>
/// <param name="Priority">Lower ones go first.</param>
/// <param name="StartedAt">Of equals, the youngest goes first.</param>
/// <param name="Cpus">In use now, in cores.</param>
/// <param name="Mem">In use now, in MiB.</param>
public sealed record RevocableTask(
    FrameworkId Framework, TaskId Task, int Priority, DateTimeOffset StartedAt, Scalar Cpus, Scalar Mem);

/// <summary>
/// Evicts revocable tasks while an agent is under pressure (Mesos: QoS controller). Pure; never evicts more
/// than it takes to get below the thresholds, and never a task that does not help.
/// </summary>
/// <param name="CpusMost">Part of the agent's cpus above which there is pressure: 0 to 1.</param>
/// <param name="MemMost">Part of the agent's mem above which there is pressure: 0 to 1.</param>
public sealed record PressureRule(double CpusMost, double MemMost)
{
    /// <inheritdoc cref="PressureRule" path="/param[@name='CpusMost']"/>
    public double CpusMost { get; init => field = Part(value); } = Part(CpusMost);

    /// <inheritdoc cref="PressureRule" path="/param[@name='MemMost']"/>
    public double MemMost { get; init => field = Part(value); } = Part(MemMost);

    /// <summary>Pressure begins at 90 % of cpus or mem.</summary>
    public static PressureRule Default { get; } = new(0.9, 0.9);

    /// <summary>The tasks to evict, in this order; empty without pressure.</summary>
    /// <param name="total">What the agent has, without revocable resources.</param>
    /// <param name="cpusUsed">In use by everything on the agent.</param>
    /// <param name="memUsed">In use by everything on the agent.</param>
    /// <param name="tasks">Revocable tasks on it.</param>
    public IReadOnlyList<RevocableTask> Evict(
        ResourceSet total, Scalar cpusUsed, Scalar memUsed, IEnumerable<RevocableTask> tasks)
    {
        var cpusOver = cpusUsed.Thousandths - (long)(total.Cpus.Thousandths * CpusMost);
        var memOver = memUsed.Thousandths - (long)(total.Mem.Thousandths * MemMost);
        var (isCpus, isMem) = (cpusOver > 0, memOver > 0);
        var evicted = new List<RevocableTask>();
        var order = tasks.OrderBy(task => task.Priority).ThenByDescending(task => task.StartedAt)
            .ThenBy(task => task.Framework).ThenBy(task => task.Task);
        foreach (var task in order)
        {
            var helps = (cpusOver > 0 && task.Cpus > Scalar.Zero) || (memOver > 0 && task.Mem > Scalar.Zero);
            if (helps)
            {
                evicted.Add(task);
                cpusOver -= task.Cpus.Thousandths;
                memOver -= task.Mem.Thousandths;
            }
        }

        // A large one may have made smaller ones before it needless.
        for (var at = evicted.Count - 1; at >= 0; at--)
        {
            var (cpus, mem) = (evicted[at].Cpus.Thousandths, evicted[at].Mem.Thousandths);
            if (IsSpared(isCpus, cpusOver, cpus) && IsSpared(isMem, memOver, mem))
            {
                evicted.RemoveAt(at);
                cpusOver += cpus;
                memOver += mem;
            }
        }

        return evicted;
    }

    private static bool IsSpared(bool isPressed, long over, long used) => !isPressed || used == 0 || over + used <= 0;

    // Of no number any use would be too much, and everything would be evicted.
    private static double Part(double value, [CallerMemberName] string name = "") => value is >= 0 and <= 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "a part of the agent is a number from 0 to 1");
}
