namespace ClusterScheduler.Core.Execution;

/// <summary>What a process and the descendants that it waited for used (getrusage).</summary>
/// <param name="CpuTime">User and system time together.</param>
/// <param name="PeakMemoryKiB">Largest resident size of any one process, KiB.</param>
public readonly record struct ProcessUsage(TimeSpan CpuTime, long PeakMemoryKiB)
{
    /// <summary>Processor times add up; of peaks the larger stays.</summary>
    public ProcessUsage Plus(ProcessUsage other) =>
        new(CpuTime + other.CpuTime, Math.Max(PeakMemoryKiB, other.PeakMemoryKiB));
}

/// <summary>Names one process of this boot for good; a pid alone is used again.</summary>
/// <param name="Pid">Its number while it lives.</param>
/// <param name="StartTicks">When it started, clock ticks since boot (/proc/PID/stat, field 22); 0: not known.</param>
public readonly record struct ProcessIdentity(int Pid, long StartTicks);
