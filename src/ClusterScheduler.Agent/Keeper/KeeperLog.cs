using System.Globalization;
using System.Text;
using ClusterScheduler.Agent.Processes;

namespace ClusterScheduler.Agent.Keeper;

/// <summary>Lines on the keeper's standard error, which is keeper.log. Not the console: that costs a thread.</summary>
internal static class KeeperLog
{
    public static unsafe void Write(string line)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow:yyyy-MM-ddTHH:mm:ss.fffZ} {line}\n"));
        fixed (byte* start = bytes)
        {
            _ = Libc.Write(2, start, bytes.Length);
        }
    }
}
