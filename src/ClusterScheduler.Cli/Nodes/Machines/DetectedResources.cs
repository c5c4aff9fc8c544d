using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Cli.Nodes.Machines;

/// <summary>
/// What a machine has for tasks when nobody says it, by Mesos' rules: every processor; memory but for 1 GiB, or half
/// of it where there is less than 2; the disk of the data directory but for 5 GiB, or half of it where there are less
/// than 10; ports 31000 to 32000. Limits of a container count as the machine.
/// </summary>
internal static class DetectedResources
{
    private const long GiB = 1024L * 1024 * 1024;
    private const string DefaultPorts = "ports:[31000-32000]";

    /// <param name="directory">On the disk that tasks will use.</param>
    public static ResourceSet Of(string directory) => Of(
        Environment.ProcessorCount,
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        new DriveInfo(directory).TotalSize);

    public static ResourceSet Of(int cpus, long memoryBytes, long diskBytes) =>
        ResourceSet.Of(
            Scalar.Of(cpus),
            Mebibytes(Without(memoryBytes, reserve: 1 * GiB, smallBelow: 2 * GiB)),
            Mebibytes(Without(diskBytes, reserve: 5 * GiB, smallBelow: 10 * GiB)))
        + ResourceSet.Parse(DefaultPorts);

    private static long Without(long bytes, long reserve, long smallBelow) =>
        bytes < smallBelow ? bytes / 2 : bytes - reserve;

    private static Scalar Mebibytes(long bytes) => Scalar.Of(bytes >> 20);
}
