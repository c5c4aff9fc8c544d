using ClusterScheduler.Core.Jobs;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Placement;

/// <summary>What a task needs or an agent has free, flat, for the inner loops of placement.</summary>
/// <param name="Cpus">Thousandths of a processor.</param>
/// <param name="Mem">Thousandths of a MiB.</param>
/// <param name="Disk">Thousandths of a MiB.</param>
/// <param name="Ports">Number of ports.</param>
public readonly record struct Amounts(long Cpus, long Mem, long Disk, long Ports)
{
    /// <summary>What one instance of a job needs.</summary>
    public static Amounts Of(TaskResources task) =>
        new(task.Cpus.Thousandths, task.Mem.Thousandths, task.Disk.Thousandths, task.Ports.Length);

    /// <summary>What an offer or an agent holds; reserved and revocable parts count as the set sums them.</summary>
    public static Amounts Of(in ResourceSet set) =>
        new(set.Cpus.Thousandths, set.Mem.Thousandths, set.Disk.Thousandths, set.Ports.Count);

    /// <summary>What an agent of a job file has when nothing runs on it.</summary>
    public static Amounts Of(AgentSpec agent) =>
        new(agent.Cpus.Thousandths, agent.Mem.Thousandths, agent.Disk.Thousandths, agent.Ports.Count);

    /// <summary>True when nothing of <paramref name="need"/> is missing.</summary>
    public bool Covers(in Amounts need) =>
        Cpus >= need.Cpus && Mem >= need.Mem && Disk >= need.Disk && Ports >= need.Ports;

    /// <summary>How often <paramref name="need"/> fits, at most <paramref name="max"/> times.</summary>
    public long Times(in Amounts need, long max)
    {
        max = need.Cpus > 0 ? Math.Min(max, Cpus / need.Cpus) : max;
        max = need.Mem > 0 ? Math.Min(max, Mem / need.Mem) : max;
        max = need.Disk > 0 ? Math.Min(max, Disk / need.Disk) : max;
        return Math.Max(0, need.Ports > 0 ? Math.Min(max, Ports / need.Ports) : max);
    }

    /// <summary>The larger of each.</summary>
    public static Amounts Max(in Amounts left, in Amounts right) => new(
        Math.Max(left.Cpus, right.Cpus), Math.Max(left.Mem, right.Mem),
        Math.Max(left.Disk, right.Disk), Math.Max(left.Ports, right.Ports));

    /// <summary>The sum.</summary>
    public static Amounts operator +(in Amounts left, in Amounts right) => new(
        left.Cpus + right.Cpus, left.Mem + right.Mem, left.Disk + right.Disk, left.Ports + right.Ports);

    /// <summary>The difference.</summary>
    public static Amounts operator -(in Amounts left, in Amounts right) => new(
        left.Cpus - right.Cpus, left.Mem - right.Mem, left.Disk - right.Disk, left.Ports - right.Ports);
}
