using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ClusterScheduler.Core.Maintenance;

/// <summary>
/// Names a schedule by what it says, so that who changes it can say which one was read. The same after a failover.
/// </summary>
public static class ScheduleVersion
{
    private const int Characters = 16;

    /// <summary>Of the machines and their windows; whether they are down does not count.</summary>
    public static string Of(ImmutableSortedDictionary<string, MachineMaintenance> machines)
    {
        ArgumentNullException.ThrowIfNull(machines);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, machine) in machines)
        {
            var window = machine.Window;
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
                $"{name}\0{window.Start.UtcTicks}\0{window.Duration?.Ticks}\n")));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..Characters];
    }
}
