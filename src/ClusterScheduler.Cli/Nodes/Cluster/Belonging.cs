using System.Globalization;
using ClusterScheduler.Cli.Commands;
using ClusterScheduler.Protocol;

namespace ClusterScheduler.Cli.Nodes.Cluster;

/// <summary>Whether a node, member or not, may work for the cluster whose master has answered it.</summary>
internal static class Belonging
{
    /// <param name="identity">What the master said.</param>
    /// <param name="now">By the clock of this machine.</param>
    /// <param name="skewMax">The clock may be off by this.</param>
    /// <param name="directory">It is the cluster's from now on, if it was of none.</param>
    /// <exception cref="UserException">The clock is off, or the directory is another cluster's.</exception>
    public static void Check(
        MasterProtocol.MasterIdentity identity, DateTimeOffset now, TimeSpan skewMax, DataDirectory directory)
    {
        var skew = (identity.Clock - now).Duration();
        if (skew > skewMax)
        {
            throw new UserException(
                string.Create(CultureInfo.InvariantCulture,
                    $"the clock of this machine is {skew.TotalSeconds:0} s off that of the master, more than "
                    + $"cluster.clock-skew-max ({skewMax.TotalSeconds:0} s). Set it (NTP)."),
                ExitCode.ClockOff);
        }

        try
        {
            directory.Claim(identity.ClusterId);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new UserException(
                $"the directory {directory.Path} cannot be used: {wrong.Message}", ExitCode.DirectoryTaken);
        }
    }
}
