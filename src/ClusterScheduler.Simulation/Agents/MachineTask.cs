using ClusterScheduler.Agent.Execution;
using ClusterScheduler.Core.Execution;

namespace ClusterScheduler.Simulation.Agents;

/// <summary>A task as it lies on a machine's disk and lives in its keeper.</summary>
internal sealed class MachineTask(TaskKey key, ReadOnlyMemory<byte> manifest, ResourceSet resources)
{
    public TaskKey Key { get; } = key;

    public ReadOnlyMemory<byte> Manifest { get; } = manifest;

    public ResourceSet Resources { get; } = resources;

    public ExecutionReport.Started? Started { get; set; }

    public ExecutionReport.Ended? Ended { get; set; }

    public TaskResult? Result { get; set; }

    public bool IsRunning => Started is not null && Result is null;
}
