using System.Diagnostics.CodeAnalysis;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Sdk.Placement;

/// <summary>A task that has no place yet: what it needs, with ports by name instead of by number.</summary>
/// <param name="TaskId">Never used before in its framework.</param>
/// <param name="Name">For people; need not be unique.</param>
/// <param name="Resources">What it needs, ports apart; unreserved scalars may be met by reserved ones of the offer's
/// role.</param>
/// <param name="Plan">What it runs.</param>
public sealed record TaskDemand(TaskId TaskId, string Name, ResourceSet Resources, TaskPlan Plan)
{
    /// <summary>One port for each name is chosen from the offer; the task finds them by these names.</summary>
    public ImmutableArray<string> PortNames { get; init; } = [];

    /// <inheritdoc cref="TaskInfo.SharedDirectory"/>
    public string SharedDirectory { get; init; } = "";

    /// <inheritdoc cref="TaskInfo.Labels"/>
    public ImmutableArray<TaskLabel> Labels { get; init; } = [];

    /// <inheritdoc cref="TaskInfo.Priority"/>
    public int Priority { get; init; }

    /// <summary>A task that runs one line by <c>/bin/sh -c</c>.</summary>
    /// <param name="taskId">Never used before in its framework; also its name.</param>
    /// <param name="commandLine">The line.</param>
    /// <param name="cpus">Cores, three decimals; not negative.</param>
    /// <param name="memMiB">Memory in MiB; not negative.</param>
    /// <param name="diskMiB">Disk in MiB; not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">An amount that cannot be.</exception>
    public static TaskDemand Shell(string taskId, string commandLine, double cpus, double memMiB, double diskMiB = 0) =>
        new(new TaskId(taskId), taskId,
            ResourceSet.Of(Scalar.Of(cpus), Scalar.Of(memMiB), Scalar.Of(diskMiB)), TaskPlan.OfShell(commandLine));

    /// <summary>Gives the task a place among free resources.</summary>
    /// <param name="free">What an offer has left.</param>
    /// <param name="task">The task with resources of that offer, its ports the lowest free ones.</param>
    /// <param name="rest">What is left then; all of it where the task does not fit.</param>
    /// <returns>False where it does not fit.</returns>
    public bool TryPlace(in ResourceSet free, [NotNullWhen(true)] out TaskInfo? task, out ResourceSet rest)
    {
        task = null;
        rest = free;
        if (!OfferPicker.TryTake(free, Resources, PortNames.Length, out var taken, out var ports)
            || !free.TrySubtract(taken, out rest))
        {
            return false;
        }

        task = new TaskInfo(TaskId, Name, taken, Plan)
        {
            Ports = [.. PortNames.Zip(ports, static (name, port) => new NamedPort(name, port))],
            SharedDirectory = SharedDirectory,
            Labels = Labels,
            Priority = Priority,
        };
        return true;
    }
}
