using ClusterScheduler.Agent.Processes;
using ClusterScheduler.Core.Execution;

namespace ClusterScheduler.Agent.Keeper;

/// <summary>A child of the keeper that has ended and was reaped.</summary>
internal readonly record struct ReapedChild(int Pid, ExitStatus Status, ProcessUsage Usage)
{
    private const int SignalMask = 0x7f, CoreDumped = 0x80;

    /// <summary>The next one that has ended; null if there is none now.</summary>
    public static unsafe ReapedChild? Next()
    {
        int status;
        Libc.ResourceUsage usage;
        var pid = Libc.Wait4(-1, &status, Libc.WaitNoHang, &usage);
        return pid > 0 ? new ReapedChild(pid, StatusOf(status), UsageOf(usage)) : null;
    }

    private static ExitStatus StatusOf(int status) => (status & SignalMask) == 0
        ? new ExitStatus.Exited((status >> 8) & 0xff)
        : new ExitStatus.Signaled(status & SignalMask, (status & CoreDumped) != 0);

    private static ProcessUsage UsageOf(in Libc.ResourceUsage usage) => new(
        TimeSpan.FromMicroseconds(
            (usage.UserSeconds + usage.SystemSeconds) * 1_000_000
            + usage.UserMicroseconds + usage.SystemMicroseconds),
        usage.PeakKiB);
}
