using System.Collections.Immutable;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Jobs;

/// <summary>One agent that a job file asks for when a whole cluster is started for it.</summary>
/// <param name="Name">Its host name; unique in the file.</param>
/// <param name="Cpus">Processors.</param>
/// <param name="Mem">MiB.</param>
/// <param name="Disk">MiB.</param>
/// <param name="Ports">The ports that tasks may get.</param>
/// <param name="Attributes">What constraints can name besides <c>host</c>; sorted by name, each name once.</param>
public sealed record AgentSpec(
    string Name,
    Scalar Cpus,
    Scalar Mem,
    Scalar Disk,
    ValueRange Ports,
    ImmutableArray<AttributeValue> Attributes)
{
    /// <summary>How many agents a cluster has when nobody says otherwise.</summary>
    public const int DefaultCount = 3;

    private const int PortsEach = 500;

    /// <summary>An agent of the default size: 4 cpus, 4 GiB of memory, 16 GiB of disk, ports 31000 to 31999 (Mesos
    /// starts its ports there).</summary>
    public static AgentSpec Default(string name) =>
        new(name, Scalar.Of(4), Scalar.Of(4096), Scalar.Of(16_384), new ValueRange(31_000, 31_999), []);

    /// <summary>So many agents of the default size, named agent-1, agent-2, … They share a machine, so each has
    /// ports of its own.</summary>
    public static ImmutableArray<AgentSpec> Defaults(int count) =>
        [.. Enumerable.Range(0, count).Select(index => Default(FormattableString.Invariant($"agent-{index + 1}")) with
        {
            Ports = new ValueRange(31_000 + (index * PortsEach), 31_000 + (index * PortsEach) + PortsEach - 1),
        })];
}

/// <summary>One attribute of an agent (Mesos: Attribute, its text form).</summary>
/// <param name="Name">As constraints name it.</param>
/// <param name="Value">Compared byte by byte.</param>
public readonly record struct AttributeValue(string Name, string Value);
