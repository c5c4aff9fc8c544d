using ClusterScheduler.Core.Preemption;
using ClusterScheduler.Runtime.Settings;

namespace ClusterScheduler.Cli.Nodes;

/// <summary>Reads what is done for roles below their guarantees (HOCON: cluster-scheduler.master.reclaim).</summary>
internal static class ReclaimOptions
{
    public static ReclaimSettings Read(SettingsReader section) => new(
        section.OneOf("mode", "off", "ask", "kill-revocable", "kill") switch
        {
            "ask" => ReclaimMode.Ask,
            "kill-revocable" => ReclaimMode.KillRevocable,
            "kill" => ReclaimMode.Kill,
            _ => ReclaimMode.Off,
        },
        section.Duration("wait", TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)),
        section.Duration("leave-within", TimeSpan.FromSeconds(1), TimeSpan.FromDays(7)))
    {
        Interval = section.Duration("interval", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10)),
    };
}
