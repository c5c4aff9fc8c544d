namespace ClusterScheduler.Gateway.Views;

/// <summary>Resources in the units of Mesos.</summary>
/// <param name="Cpus">Processors.</param>
/// <param name="Mem">MiB.</param>
/// <param name="Disk">MiB.</param>
/// <param name="Gpus">Pieces.</param>
/// <param name="Ports">Ranges as in [31000-31999].</param>
public sealed record ResourcesView(decimal Cpus, decimal Mem, decimal Disk, decimal Gpus, string Ports)
{
    public static ResourcesView Of(in ResourceSet resources) => new(
        resources.Cpus.ToDecimal(),
        resources.Mem.ToDecimal(),
        resources.Disk.ToDecimal(),
        resources.Gpus.ToDecimal(),
        resources.Ports.ToString());
}
